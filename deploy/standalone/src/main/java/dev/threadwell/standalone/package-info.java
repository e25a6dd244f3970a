/**
 * Threadwell on one machine: the three services with an embedded PostgreSQL and an embedded Kafka.
 *
 * <p>{@link dev.threadwell.standalone.Standalone} runs everything in one JVM; {@link
 * dev.threadwell.standalone.SplitMain} runs each service as its own process, as in production, and
 * restarts those that end. Both write the processes and their ports to {@code ready.json}.
 */
@NullMarked
package dev.threadwell.standalone;

import org.jspecify.annotations.NullMarked;
