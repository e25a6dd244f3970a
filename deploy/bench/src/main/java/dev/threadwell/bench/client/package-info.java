/**
 * The clients that the rows measure with: for Threadwell, the simulator, PostgreSQL and Kafka. They
 * take the times.
 */
@NullMarked
package dev.threadwell.bench.client;

import org.jspecify.annotations.NullMarked;
