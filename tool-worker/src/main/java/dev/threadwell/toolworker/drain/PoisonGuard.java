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
 * Counts in the database how many workers have died during a piece of work (poison pill). After
 * three deaths the work is not begun again. After two deaths it runs alone among such work, so that
 * a third death can be attributed to it.
 */
@ApplicationScoped
public class PoisonGuard {

    /** After this many deaths of workers a piece of work is given up. */
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

    /** An attempt at a piece of work, which may be disallowed; closed at its end. */
    public static final class Attempt implements AutoCloseable {

        private final boolean allowed;
        private final Runnable over;

        private Attempt(boolean allowed, Runnable over) {
            this.allowed = allowed;
            this.over = over;
        }

        /** False if too many workers have died during the work. */
        public boolean allowed() {
            return allowed;
        }

        @Override
        public void close() {
            over.run();
        }
    }

    /** Begins an attempt at this work. Blocking: call it on a virtual or worker thread. */
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

    /**
     * Deletes the counter, because the result of the work is saved and the work is not repeated.
     */
    public Uni<Void> finished(String work) {
        return TransientFailures.retried(begun.finish(work));
    }

    /**
     * Withdraws this worker's attempts after the end of all work: work that a graceful shutdown
     * interrupts does not count as a death.
     */
    void stop(@Observes @Priority(3_000) ShutdownEvent event) {
        try {
            begun.release(worker).await().atMost(TO_STOP);
        } catch (RuntimeException e) {
            LOG.warnf("what this worker had begun will count as its death reason=%s", e);
        }
    }
}
