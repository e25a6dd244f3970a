/**
 * Simulates a model: an HTTP server that speaks OpenAI's chat completions API and says that it is a
 * simulator.
 *
 * <p>Requests may contain directions inside their messages. Answers are made of tokens and sent at
 * the pace, in the wire format and with the faults that the direction specifies. The only state is
 * counters and the last requests.
 */
@NullMarked
package dev.threadwell.simulator;

import org.jspecify.annotations.NullMarked;
