/** What a server does when clients are slow, silent, wrong or gone, and what it lets go afterwards. */
@NullMarked
package dev.weft.conformance.behaviour;

import org.jspecify.annotations.NullMarked;
