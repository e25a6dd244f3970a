/**
 * Threadwell on one machine: the three services with an embedded PostgreSQL and an embedded Kafka.
 *
 * <p>{@link dev.threadwell.standalone.Standalone} runs all of it in one JVM; {@link
 * dev.threadwell.standalone.SplitMain} runs each service as its own process, as in production, and
 * starts again whatever dies. Both tell what runs where in {@code ready.json}.
 */
@NullMarked
package dev.threadwell.standalone;

import org.jspecify.annotations.NullMarked;
