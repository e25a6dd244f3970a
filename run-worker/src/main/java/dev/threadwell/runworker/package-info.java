/**
 * Takes queued runs, asks the model, and carries each run to its end.
 *
 * <p>In: {@code run.requested}, {@code tool.answered}, {@code run.cancelled}, and time. Out: {@code
 * run.announced} and {@code tool.requested} by way of the outbox, {@code run.stream} directly. Each
 * class of this package is one thing that it reacts to. A run is held in memory during a turn only,
 * under this worker's lease; between turns it lives in PostgreSQL and Kafka, and any worker can go
 * on with it.
 */
@NullMarked
package dev.threadwell.runworker;

import org.jspecify.annotations.NullMarked;
