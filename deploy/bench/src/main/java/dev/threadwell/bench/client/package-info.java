/**
 * What the measurements call: Threadwell, the simulator, PostgreSQL and Kafka, each with the clock
 * close by.
 */
@NullMarked
package dev.threadwell.bench.client;

import org.jspecify.annotations.NullMarked;
