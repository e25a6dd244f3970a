/**
 * The worker's side of {@code run.stream}. {@link dev.threadwell.runworker.stream.StreamWriters}
 * opens a {@link dev.threadwell.runworker.stream.StreamWriter} for each execution. After a failover
 * the stream is read back through {@link dev.threadwell.runworker.stream.StreamHistory}. {@link
 * dev.threadwell.runworker.stream.OrphanEndPublisher} writes the end of runs that no worker
 * executes.
 */
@NullMarked
package dev.threadwell.runworker.stream;

import org.jspecify.annotations.NullMarked;
