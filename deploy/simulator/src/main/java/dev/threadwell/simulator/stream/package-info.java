/** Puts an answer on the wire: as chunks in time, or whole; and lets it break where asked. */
@NullMarked
package dev.threadwell.simulator.stream;

import org.jspecify.annotations.NullMarked;
