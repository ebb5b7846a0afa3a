/** End-to-end scenarios with the stock JavaScript, Java and Python clients against servers in this JVM. */
@NullMarked
package dev.weft.conformance.client;

import org.jspecify.annotations.NullMarked;
