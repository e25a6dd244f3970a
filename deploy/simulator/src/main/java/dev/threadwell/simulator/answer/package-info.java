/**
 * What the simulated model answers: as directed, or by a built-in script that says what it is. Pure
 * functions from a request to tokens.
 */
@NullMarked
package dev.threadwell.simulator.answer;

import org.jspecify.annotations.NullMarked;
