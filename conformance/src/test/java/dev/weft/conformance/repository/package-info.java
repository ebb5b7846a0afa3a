/** What the repository promises around its code: jars, module descriptors, build files and documentation. */
@NullMarked
package dev.weft.conformance.repository;

import org.jspecify.annotations.NullMarked;
