/**
 * A run: its wire shape, its events, and the pure rules that move it from one status to the next.
 */
@NullMarked
package dev.threadwell.run;

import org.jspecify.annotations.NullMarked;
