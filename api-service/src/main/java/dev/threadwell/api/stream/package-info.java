/** Streams the events of runs from Kafka to the clients, and lets long polls wait for them. */
@NullMarked
package dev.threadwell.api.stream;

import org.jspecify.annotations.NullMarked;
