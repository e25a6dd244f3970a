package dev.threadwell.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.logging.LogManager;

/** PostgreSQL and Kafka in one directory, for the tests. */
public record EmbeddedServers(EmbeddedPostgres postgres, EmbeddedKafka kafka)
        implements AutoCloseable {

    /** Starts both in parallel; if one fails, the other is stopped again. */
    public static EmbeddedServers start(Path directory, int postgresPort, int kafkaPort) {
        // JBoss LogManager's initialization deadlocks if two threads are the first to log, so it is
        // initialized here.
        LogManager.getLogManager();
        Executor threads = task -> Thread.ofPlatform().name("start").start(task);
        var postgres =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedPostgres.start(directory.resolve("postgres"), postgresPort),
                        threads);
        var kafka =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort), threads);
        try {
            return new EmbeddedServers(postgres.join(), kafka.join());
        } catch (CompletionException e) {
            postgres.thenAccept(EmbeddedPostgres::close).handle((_, _) -> "awaited").join();
            kafka.thenAccept(EmbeddedKafka::close).handle((_, _) -> "awaited").join();
            throw e.getCause() instanceof CannotStart known ? known : e;
        }
    }

    /** Stops Kafka, then PostgreSQL. */
    @Override
    public void close() {
        try {
            kafka.close();
        } finally {
            postgres.close();
        }
    }
}
