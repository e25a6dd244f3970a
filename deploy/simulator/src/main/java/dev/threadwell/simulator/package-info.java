/**
 * A model that is none: an HTTP server that speaks OpenAI's chat completions and says what it is.
 *
 * <p>In come requests and, inside their messages, directions; out go answers made of tokens, at the
 * pace, in the shape and with the faults that the direction names. It owns nothing but counters.
 */
@NullMarked
package dev.threadwell.simulator;

import org.jspecify.annotations.NullMarked;
