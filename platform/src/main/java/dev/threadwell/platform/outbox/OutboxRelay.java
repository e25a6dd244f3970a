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
 * Runs the outbox's two periodic jobs: deleting the rows that this process has published, and
 * publishing the rows that other processes left behind. There is one relay per process, even if
 * several services run in it.
 */
@ApplicationScoped
public class OutboxRelay {

    /** Long enough that these deletes do not count among a run's commits. */
    private static final Duration REMOVE_EVERY = Duration.ofSeconds(1);

    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);

    /** The timeout of a round: a statement without an answer for so long will not get one. */
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

    /** Whether rounds of both jobs still begin and end, successfully or not. */
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
