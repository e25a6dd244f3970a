/**
 * A real PostgreSQL and a real Kafka broker that keep their data in a directory, started and
 * stopped from Java. They serve the single-machine assembly and the tests; in production both are
 * external servers.
 *
 * <p>{@link dev.threadwell.embedded.EmbeddedPostgres} runs the server's own binaries as a child
 * process; {@link dev.threadwell.embedded.EmbeddedKafka} runs broker and controller in this JVM.
 */
@NullMarked
package dev.threadwell.embedded;

import org.jspecify.annotations.NullMarked;
