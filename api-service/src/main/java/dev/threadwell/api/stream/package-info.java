/** The events of runs on their way from Kafka to the clients that wait for them. */
@NullMarked
package dev.threadwell.api.stream;

import org.jspecify.annotations.NullMarked;
