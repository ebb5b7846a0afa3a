/**
 * Faults on purpose, for the test suites of all modules: clients that send any bytes in any segmentation, a proxy that
 * harms the connections through it, and a ledger of what a test leaves behind.
 */
@NullMarked
package dev.weft.faults;

import org.jspecify.annotations.NullMarked;
