/**
 * Runnable servers that public conformance suites and real clients expect, written against the public API alone. The
 * layer below is {@code dev.weft.server}; nothing is above.
 *
 * <pre>{@code
 * try (Weft server = App.MATRIX.start(Settings.anyPort())) {
 *     server.join();
 * }
 * }</pre>
 */
@NullMarked
package dev.weft.conformance;

import org.jspecify.annotations.NullMarked;
