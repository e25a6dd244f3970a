/**
 * The way from a committed transaction to Kafka: published at once, swept when a crash got between.
 */
@NullMarked
package dev.threadwell.outbox;

import org.jspecify.annotations.NullMarked;
