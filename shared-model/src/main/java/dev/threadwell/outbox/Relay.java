package dev.threadwell.outbox;

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
import org.jboss.logging.Logger;

/**
 * Keeps the outbox empty: removes what this process has published and publishes what others left
 * behind. There is one in a process, however many services run in it.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    /** Rarely enough that it does not count among a run's commits. */
    private static final long REMOVE_EVERY_MS = 1_000;

    private static final long SWEEP_EVERY_MS = 500;

    /** A statement that is not answered for so long will not be; the chore is done anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Outbox outbox;
    private final Duration patience;
    private final List<Chore> chores = new CopyOnWriteArrayList<>();
    private final String holder = UUID.randomUUID().toString();
    private volatile boolean stopped;

    @Inject
    public Relay(Vertx vertx, Outbox outbox) {
        this(vertx, outbox, PATIENCE);
    }

    Relay(Vertx vertx, Outbox outbox, Duration patience) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.patience = patience;
    }

    void start(@Observes StartupEvent event) {
        chores.add(new Chore("remove", REMOVE_EVERY_MS, outbox::removePublished));
        chores.add(new Chore("sweep", SWEEP_EVERY_MS, this::sweep));
        chores.forEach(Chore::again);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Whether all chores are done again and again, be it in vain. */
    boolean isAtWork() {
        return chores.stream().allMatch(Chore::isAtWork);
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

    /** Something done again and again, the next time only after the last has ended. */
    private final class Chore {

        private final String name;
        private final long everyMs;
        private final Supplier<Uni<Void>> work;
        private boolean failing;
        private volatile long endedAt = System.nanoTime();

        Chore(String name, long everyMs, Supplier<Uni<Void>> work) {
            this.name = name;
            this.everyMs = everyMs;
            this.work = work;
        }

        boolean isAtWork() {
            return System.nanoTime() - endedAt < 2 * patience.toNanos();
        }

        void again() {
            endedAt = System.nanoTime();
            if (!stopped) {
                vertx.setTimer(everyMs, timer -> run());
            }
        }

        private void run() {
            Uni.createFrom()
                    .deferred(work::get)
                    .ifNoItem()
                    .after(patience)
                    .fail()
                    .subscribe()
                    .with(done -> succeeded(), this::failed);
        }

        private void succeeded() {
            if (failing) {
                LOG.infof("the outbox is reachable again chore=%s", name);
                failing = false;
            }
            again();
        }

        /** An outage is worth one line, not ten a second. */
        private void failed(Throwable why) {
            if (!failing && !stopped) {
                LOG.warnf("the outbox has to wait chore=%s reason=%s", name, why.getMessage());
                failing = true;
            }
            again();
        }
    }
}
