package dev.threadwell.drain;

import java.time.Duration;

/** Counts what a service is doing, and lets its end wait for that. */
public final class UnderWay {

    private int count;
    private boolean draining;

    /**
     * Counts one that begins; false if it begins during the end. Every one needs its {@link #end}.
     */
    public synchronized boolean begin() {
        count++;
        return !draining;
    }

    /** One is over. */
    public synchronized void end() {
        count--;
        notifyAll();
    }

    /** From now on is the end: returns how many are left when all are over, or the time. */
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
