/**
 * The one language in which tests, benchmarks and demos tell the simulator what to do: a JSON
 * object after the word {@code simulate}, in what the user or the system said.
 */
@NullMarked
package dev.threadwell.simulator.direction;

import org.jspecify.annotations.NullMarked;
