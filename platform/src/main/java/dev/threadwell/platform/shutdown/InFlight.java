package dev.threadwell.platform.shutdown;

import java.time.Duration;

/** Counts the work in progress, so that a graceful shutdown can wait for its end. */
public final class InFlight {

    private int count;
    private boolean draining;

    /**
     * Counts one piece of work as begun; returns false during the shutdown. Each call needs one
     * call of {@link #end}, even if it returned false.
     */
    public synchronized boolean begin() {
        count++;
        return !draining;
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
    public synchronized int drain(Duration patience) throws InterruptedException {
        draining = true;
        long until = System.nanoTime() + patience.toNanos();
        long millis = patience.toMillis();
        while (count > 0 && millis > 0) {
            wait(millis);
            millis = (until - System.nanoTime()) / 1_000_000;
        }
        return count;
    }
}
