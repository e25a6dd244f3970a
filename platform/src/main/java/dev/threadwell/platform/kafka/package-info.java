/** Kafka connections, producers that never block, and the topic of the streamed runs' events. */
@NullMarked
package dev.threadwell.platform.kafka;

import org.jspecify.annotations.NullMarked;
