package dev.threadwell.api.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new run is accepted. Pure: what is known goes in, and a refusal comes out, or
 * none.
 *
 * <p>Two things show that there is more to do than can be done. On the node, creations wait for
 * their turn; that is noticed at once, and means the database or the node itself. In the
 * installation, runs wait for a worker; that is noticed every few seconds, and is answered by
 * accepting a smaller part of what is asked for, until the queue grows no longer. The queue is kept
 * and not emptied, so that workers always have something to do.
 *
 * @param mostWaiting the most creations that wait on a node
 * @param longestWait how long the first of these may have waited
 * @param queueAge the age that the oldest queued run may have
 * @param queuedRuns the number of queued runs below which their age has no effect
 */
public record AdmissionPolicy(
        int mostWaiting, Duration longestWait, Duration queueAge, long queuedRuns) {

    /** What remains of the accepted part when the queue has grown once more. */
    private static final double LESS = 0.7;

    /** How much larger the accepted part becomes when the queue is short again. */
    private static final double MORE = 0.1;

    /** A part is always accepted: otherwise nothing would show that there is room again. */
    private static final double LEAST = 0.05;

    /** Clients keep to it up to a minute, or two. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    /** Why a run is refused. */
    public enum Reason {
        /** Too many creations wait on this node, or for too long. */
        CREATIONS,
        /** Too many runs wait for a worker, and for too long. */
        QUEUED_RUNS
    }

    /**
     * A refusal.
     *
     * @param retryAfter when it is worth while to ask again, in whole seconds
     */
    public record Refusal(Reason reason, Duration retryAfter) {}

    /**
     * The part of the new runs that is accepted.
     *
     * @param part between 0 and 1
     * @param credit what has been saved of it: a run is accepted whenever that is a whole one
     * @param queued the number of queued runs at the last reading
     * @param age the age of the oldest of them
     */
    public record Accepted(double part, double credit, long queued, Duration age) {

        /** Everything is accepted. */
        public static final Accepted ALL = new Accepted(1, 0, 0, Duration.ZERO);

        /** One more run is asked for. */
        Accepted asked() {
            double saved = (credit >= 1 ? credit - 1 : credit) + part;
            return new Accepted(part, saved, queued, age);
        }

        /** Whether the run that was asked for last is accepted. */
        boolean accepts() {
            return credit >= 1;
        }
    }

    /**
     * Decides by what waits on this node.
     *
     * @param waiting the number of creations that wait
     * @param firstWaits how long the first of them has waited
     */
    public @Nullable Refusal onNode(int waiting, Duration firstWaits) {
        return waiting >= mostWaiting || firstWaits.compareTo(longestWait) > 0
                ? new Refusal(Reason.CREATIONS, pause(firstWaits))
                : null;
    }

    /** Decides by what is accepted, with the run that is asked for counted. */
    public @Nullable Refusal inInstallation(Accepted accepted) {
        return accepted.accepts()
                ? null
                : new Refusal(Reason.QUEUED_RUNS, pause(accepted.age().minus(queueAge)));
    }

    /**
     * The part that is accepted after a reading of the queue. It becomes smaller only while the
     * queue grows, because the age says what was accepted some time ago.
     */
    public Accepted read(Accepted before, long queued, Duration age) {
        boolean tooLong = queued >= queuedRuns && age.compareTo(queueAge) > 0;
        double part = before.part();
        if (!tooLong) {
            part = Math.min(1, part + MORE);
        } else if (queued >= before.queued()) {
            part = Math.max(LEAST, part * LESS);
        }
        return part >= 1
                ? new Accepted(1, 0, queued, age)
                : new Accepted(part, Math.min(before.credit(), 1), queued, age);
    }

    private static Duration pause(Duration late) {
        Duration rounded = Duration.ofSeconds(Math.ceilDiv(late.toMillis(), 1000L));
        if (rounded.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return rounded.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : rounded;
    }
}
