/** A run: its JSON model, its events, and its lifecycle as a pure function. */
@NullMarked
package dev.threadwell.run;

import org.jspecify.annotations.NullMarked;
