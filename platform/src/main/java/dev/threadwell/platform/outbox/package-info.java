/**
 * The way from a committed transaction to Kafka: published at once, swept when a crash got between.
 */
@NullMarked
package dev.threadwell.platform.outbox;

import org.jspecify.annotations.NullMarked;
