/**
 * The whole system under test: every service as a process of its own, on a real Kafka and a real
 * PostgreSQL, over the simulated model.
 *
 * <p>{@code client.asks("…")} begins a run as a client would; what is expected of it is said to the
 * {@link dev.threadwell.flow.ClientRun} that comes back. What the model does is said in the
 * question, in the simulator's own language.
 */
@NullMarked
package dev.threadwell.flow;

import org.jspecify.annotations.NullMarked;
