/** Servers behind nginx and HAProxy, run with the configurations that the documentation shows. */
@NullMarked
package dev.weft.conformance.proxy;

import org.jspecify.annotations.NullMarked;
