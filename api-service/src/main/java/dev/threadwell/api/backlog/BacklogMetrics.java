package dev.threadwell.api.backlog;

import dev.threadwell.persistence.backlog.Backlog;
import dev.threadwell.persistence.backlog.BacklogStore;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the backlog, which every API node reads from the database every few seconds. A
 * scrape reads no database: it sees what was read last, and {@code NaN} if that is too long ago.
 * They belong to the API nodes, because run workers must be missed when none of them lives.
 */
@ApplicationScoped
public class BacklogMetrics {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Older than three rounds: nobody should believe it any more. */
    private static final Duration STALE = Duration.ofSeconds(20);

    private final Supplier<Uni<Backlog>> source;
    private final LongSupplier nanos;
    private final List<Consumer<Backlog>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Reading last;
    private @Nullable PeriodicJob readings;

    private record Reading(Backlog backlog, long at) {}

    @Inject
    BacklogMetrics(BacklogStore store, MeterRegistry registry) {
        this(store::read, registry, System::nanoTime);
    }

    BacklogMetrics(Supplier<Uni<Backlog>> source, MeterRegistry registry, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        String runs = "threadwell.runs.active";
        String active = "Runs without an end, in the whole installation.";
        gauge(registry, runs, Tags.of("state", "queued"), active, Backlog::queued);
        gauge(registry, runs, Tags.of("state", "waiting"), active, Backlog::waiting);
        gauge(registry, runs, Tags.of("state", "in_progress"), active, Backlog::inProgress);
        gauge(registry, runs, Tags.of("state", "requires_action"), active, Backlog::requiresAction);
        gauge(
                registry,
                "threadwell.oldest.queued.run.age.seconds",
                Tags.empty(),
                "The age of the oldest run that no worker has had yet.",
                Backlog::oldestQueuedSeconds);
        gauge(
                registry,
                "threadwell.outbox.messages",
                Tags.empty(),
                "Messages in the outbox.",
                Backlog::outbox);
        gauge(
                registry,
                "threadwell.outbox.oldest.age.seconds",
                Tags.empty(),
                "The age of the oldest message in the outbox.",
                Backlog::outboxOldestSeconds);
        gauge(
                registry,
                "threadwell.run.workers.alive",
                Tags.empty(),
                "Run workers with a valid lease.",
                Backlog::workers);
        gauge(
                registry,
                "threadwell.files.in.progress",
                Tags.empty(),
                "Files that are to be read into vector stores.",
                Backlog::ingestions);
        gauge(
                registry,
                "threadwell.oldest.file.in.progress.age.seconds",
                Tags.empty(),
                "The age of the oldest file that is to be read into a vector store.",
                Backlog::ingestionOldestSeconds);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            Tags tags,
            String what,
            ToDoubleFunction<Backlog> part) {
        Gauge.builder(name, () -> value(part)).tags(tags).description(what).register(registry);
    }

    private double value(ToDoubleFunction<Backlog> part) {
        Reading known = last;
        return known == null || nanos.getAsLong() - known.at() > STALE.toNanos()
                ? Double.NaN
                : part.applyAsDouble(known.backlog());
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        readings =
                PeriodicJob.start(
                        vertx,
                        "read the backlog",
                        EVERY,
                        PATIENCE,
                        () -> read().replaceWith(false));
    }

    void stop(@Observes ShutdownEvent event) {
        if (readings != null) {
            readings.stop();
        }
    }

    /** Tells somebody else of every reading from now on. */
    public void tell(Consumer<Backlog> listener) {
        listeners.add(listener);
    }

    Uni<Void> read() {
        return source.get()
                .invoke(found -> last = new Reading(found, nanos.getAsLong()))
                .invoke(found -> listeners.forEach(one -> one.accept(found)))
                .replaceWithVoid();
    }
}
