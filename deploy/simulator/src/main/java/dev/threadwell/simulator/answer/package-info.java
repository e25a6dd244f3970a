/**
 * Generates the simulated model's answers, either as directed or by a built-in script. Pure
 * functions from a request to tokens.
 */
@NullMarked
package dev.threadwell.simulator.answer;

import org.jspecify.annotations.NullMarked;
