/**
 * Takes queued runs, asks the model, and carries each run to its end.
 *
 * <p>In: {@code run.requested}, {@code tool.answered}, {@code run.cancelled}, and time. Out: {@code
 * run.announced} and {@code tool.requested} by way of the outbox, {@code run.stream} directly. The
 * {@code On…} classes of this package say what it reacts to; {@link
 * dev.threadwell.runworker.Heartbeat} and {@link dev.threadwell.runworker.RunSweeper} act by the
 * clock. A run is in memory during a turn only, under this worker's lease; between turns it lives
 * in PostgreSQL and Kafka, and any worker can go on with it.
 */
@NullMarked
package dev.threadwell.runworker;

import org.jspecify.annotations.NullMarked;
