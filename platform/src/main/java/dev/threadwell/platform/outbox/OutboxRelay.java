package dev.threadwell.platform.outbox;

import dev.threadwell.platform.lease.JobLease;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Runs the outbox's two periodic jobs: deleting the rows that this process has published, and
 * publishing the rows that other processes left behind. There is one relay per process, even if
 * several services run in it; one of all processes looks for what was left, by a lease. If it
 * cannot reach Kafka, it leaves that to another process, which perhaps can.
 */
@ApplicationScoped
public class OutboxRelay {

    /** Long enough that these deletes do not count among a run's commits. */
    private static final Duration REMOVE_EVERY = Duration.ofSeconds(1);

    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);

    /** The timeout of a round: a statement without an answer for so long will not get one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * How long a process that could not publish leaves the sweep to others: two of their rounds.
     */
    private static final Duration OTHERS_TURN = SWEEP_EVERY.multipliedBy(2);

    private final Vertx vertx;
    private final Outbox outbox;
    private final Duration patience;
    private final List<PeriodicJob> jobs = new CopyOnWriteArrayList<>();
    private final String holder = UUID.randomUUID().toString();
    private final JobLease looking;
    private volatile boolean failed;
    private volatile long failedAt;

    @Inject
    public OutboxRelay(Vertx vertx, Outbox outbox) {
        this(vertx, outbox, PATIENCE);
    }

    OutboxRelay(Vertx vertx, Outbox outbox, Duration patience) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.patience = patience;
        this.looking = outbox.lookingLease(holder);
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

    Uni<Void> sweep() {
        if (failed && System.nanoTime() - failedAt < OTHERS_TURN.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        failed = false;
        return looking.held()
                .chain(
                        held ->
                                held
                                        ? outbox.shardsLeftBehind().chain(this::sweepShards)
                                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> sweepShards(Collection<Integer> shards) {
        Uni<Boolean> all = Uni.createFrom().item(true);
        for (int shard : shards) {
            all = all.chain(sent -> outbox.sweep(holder, shard).map(also -> sent && also));
        }
        return all.chain(sent -> sent ? Uni.createFrom().voidItem() : leaveToOthers());
    }

    private Uni<Void> leaveToOthers() {
        failedAt = System.nanoTime();
        failed = true;
        return looking.release();
    }
}
