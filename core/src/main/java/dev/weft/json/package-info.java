/** The only door to JSON: token-level reading for generated code, object mapping for everything else. Stands on {@code bytes}. */
@NullMarked
package dev.weft.json;

import org.jspecify.annotations.NullMarked;
