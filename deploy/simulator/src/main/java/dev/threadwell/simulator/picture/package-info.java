/** Draws pictures that show a text. */
@NullMarked
package dev.threadwell.simulator.picture;

import org.jspecify.annotations.NullMarked;
