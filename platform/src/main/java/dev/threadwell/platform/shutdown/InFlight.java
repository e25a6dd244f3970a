package dev.threadwell.platform.shutdown;

import java.time.Duration;

/** Counts the work in progress, so that a graceful shutdown can wait for its end. */
public final class InFlight {

    private int count;
    private long lastBegunNanos = System.nanoTime() - Duration.ofDays(1).toNanos();
    private boolean draining;

    /**
     * Counts one piece of work as begun; returns false during the shutdown. Each call needs one
     * call of {@link #end}, even if it returned false.
     */
    public synchronized boolean begin() {
        count++;
        lastBegunNanos = System.nanoTime();
        return !draining;
    }

    /** Whether the shutdown has begun. */
    public synchronized boolean isDraining() {
        return draining;
    }

    /** Counts the end of one piece of work. */
    public synchronized void end() {
        count--;
        notifyAll();
    }

    /**
     * Begins the shutdown and waits until all work has ended or the timeout has passed; returns the
     * number of pieces of work that are still in progress.
     */
    public int drain(Duration patience) throws InterruptedException {
        return drain(patience, Duration.ZERO);
    }

    /** The same, but waits also until nothing has begun for so long. */
    public synchronized int drain(Duration patience, Duration quiet) throws InterruptedException {
        draining = true;
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            long now = System.nanoTime();
            long patienceLeft = until - now;
            long noiseLeft = lastBegunNanos + quiet.toNanos() - now;
            if (patienceLeft <= 0 || (count == 0 && noiseLeft <= 0)) {
                return count;
            }
            long nanos = count == 0 ? Math.min(noiseLeft, patienceLeft) : patienceLeft;
            wait(nanos / 1_000_000 + 1);
        }
    }
}
