/**
 * The language in which tests, benchmarks and demos direct the simulator: a JSON object after the
 * word {@code simulate} in a user or system message.
 */
@NullMarked
package dev.threadwell.simulator.direction;

import org.jspecify.annotations.NullMarked;
