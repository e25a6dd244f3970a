package dev.threadwell.platform.outbox;

import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Keeps the outbox empty: removes what this process has published and publishes what others left
 * behind. There is one in a process, however many services run in it.
 */
@ApplicationScoped
public class OutboxRelay {

    /** Rarely enough that it does not count among a run's commits. */
    private static final Duration REMOVE_EVERY = Duration.ofSeconds(1);

    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);

    /** A statement that is not answered for so long will not be; the round is done anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Outbox outbox;
    private final Duration patience;
    private final List<PeriodicJob> jobs = new CopyOnWriteArrayList<>();
    private final String holder = UUID.randomUUID().toString();

    @Inject
    public OutboxRelay(Vertx vertx, Outbox outbox) {
        this(vertx, outbox, PATIENCE);
    }

    OutboxRelay(Vertx vertx, Outbox outbox, Duration patience) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.patience = patience;
    }

    void start(@Observes StartupEvent event) {
        jobs.add(job("remove what is published", REMOVE_EVERY, outbox::removePublished));
        jobs.add(job("publish what others left", SWEEP_EVERY, this::sweep));
    }

    private PeriodicJob job(String name, Duration pause, Supplier<Uni<Void>> work) {
        return PeriodicJob.start(vertx, name, pause, patience, () -> work.get().replaceWith(false));
    }

    void stop(@Observes ShutdownEvent event) {
        jobs.forEach(PeriodicJob::stop);
    }

    /** Whether both jobs are done again and again, be it in vain. */
    boolean isAtWork() {
        return jobs.stream().allMatch(PeriodicJob::isAtWork);
    }

    private Uni<Void> sweep() {
        return outbox.shardsLeftBehind().chain(this::sweepShards);
    }

    private Uni<Void> sweepShards(List<Integer> shards) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int shard : shards) {
            all = all.chain(() -> outbox.sweep(holder, shard));
        }
        return all;
    }
}
