/**
 * The run worker: claims queued runs, calls the model, and executes each run to its end.
 *
 * <p>In: {@code run.requested}, {@code tool.answered}, {@code run.cancelled}, and time. Out: {@code
 * run.announced} and {@code tool.requested} through the outbox, {@code run.stream} directly. The
 * {@code On…} classes of this package are the consumers; {@link dev.threadwell.runworker.Heartbeat}
 * and {@link dev.threadwell.runworker.RunSweeper} run periodically. A run is in memory only during
 * a turn, under this worker's lease; between turns it is in PostgreSQL and Kafka, and any worker
 * can continue it.
 */
@NullMarked
package dev.threadwell.runworker;

import org.jspecify.annotations.NullMarked;
