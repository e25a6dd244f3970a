package dev.threadwell.toolworker.drain;

import dev.threadwell.persistence.tool.WorkAttempts;
import dev.threadwell.platform.outbox.TransientFailures;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Counts, beyond the life of a worker, how many workers have died with a piece of work. Work that
 * has broken three is not begun again. Work that has broken two is done alone among its like, so
 * that it is known which of them the third worker dies with.
 */
@ApplicationScoped
public class PoisonGuard {

    /** So many workers may die with a piece of work; then it is given up. */
    public static final int MOST_DEATHS = 3;

    private static final Logger LOG = Logger.getLogger(PoisonGuard.class);
    private static final Duration TO_STOP = Duration.ofSeconds(3);

    private final WorkAttempts begun;
    private final String worker = "tw-" + UUID.randomUUID();
    private final Semaphore lastChance = new Semaphore(1);

    @Inject
    public PoisonGuard(WorkAttempts begun) {
        this.begun = begun;
    }

    /** Work that is under way, or that must not be begun; to be closed when it is over. */
    public static final class Attempt implements AutoCloseable {

        private final boolean allowed;
        private final Runnable over;

        private Attempt(boolean allowed, Runnable over) {
            this.allowed = allowed;
            this.over = over;
        }

        /** False if the work has broken too many workers. */
        public boolean allowed() {
            return allowed;
        }

        @Override
        public void close() {
            over.run();
        }
    }

    /** Begins this work, on a thread that may wait. */
    public Attempt begin(String work) {
        if (deaths(work, MOST_DEATHS - 1) < MOST_DEATHS - 1) {
            return new Attempt(true, () -> {});
        }
        lastChance.acquireUninterruptibly();
        try {
            boolean allowed = deaths(work, MOST_DEATHS) < MOST_DEATHS;
            if (!allowed) {
                LOG.errorf("given up, for %d workers died with it work=%s", MOST_DEATHS, work);
            }
            return new Attempt(allowed, lastChance::release);
        } catch (RuntimeException e) {
            lastChance.release();
            throw e;
        }
    }

    private int deaths(String work, int fewerThan) {
        return TransientFailures.retried(begun.begin(work, worker, fewerThan))
                .await()
                .indefinitely();
    }

    /** What came of the work is saved, and nobody will do it again. */
    public Uni<Void> finished(String work) {
        return TransientFailures.retried(begun.finish(work));
    }

    /** Behind the end of all work: what that cuts off is no death. */
    void stop(@Observes @Priority(3_000) ShutdownEvent event) {
        try {
            begun.letGo(worker).await().atMost(TO_STOP);
        } catch (RuntimeException e) {
            LOG.warnf("what this worker had begun will count as its death reason=%s", e);
        }
    }
}
