/** Sends answers over HTTP, as paced chunks or as a whole, with the faults that are asked for. */
@NullMarked
package dev.threadwell.simulator.stream;

import org.jspecify.annotations.NullMarked;
