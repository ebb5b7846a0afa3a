/** What generated code implements and calls. Knows no transport. */
@NullMarked
package dev.weft.dispatch;

import org.jspecify.annotations.NullMarked;
