/** Connections to Kafka and producers that an event loop may use; the events of streamed runs. */
@NullMarked
package dev.threadwell.platform.kafka;

import org.jspecify.annotations.NullMarked;
