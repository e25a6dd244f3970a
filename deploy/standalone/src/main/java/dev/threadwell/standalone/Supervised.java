package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One supervised process: started, and restarted with back-off whenever it ends, until stopped.
 *
 * <p>A dedicated thread starts the process and waits for its end: the kernel's parent-death signal
 * is sent when the thread that started the process ends, so that thread has to live as long as the
 * process.
 */
final class Supervised {

    /** A running process. */
    interface Running {
        long pid();

        /** Waits until the process has ended for whatever reason. */
        void awaitEnd() throws InterruptedException;

        /** Ends the process and releases its resources. */
        void stop();
    }

    /** Starts the process. */
    interface Launch {
        Running start() throws IOException;
    }

    private final String role;
    private final String id;
    private final int port;
    private final Launch launch;
    private final Runnable onChange;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Running> first = new CompletableFuture<>();
    private final Thread thread;
    private final BackOff backOff = new BackOff();
    private volatile @Nullable Running running;

    Supervised(String role, String id, int port, Launch launch, Runnable onChange) {
        this.role = role;
        this.id = id;
        this.port = port;
        this.launch = launch;
        this.onChange = onChange;
        this.thread = Thread.ofPlatform().name(id).unstarted(this::live);
    }

    /** Starts the process for the first time; throws if it cannot be started. */
    Supervised start() {
        thread.start();
        try {
            first.join();
            return this;
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart known ? known : e;
        }
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    /** How many times in a row the process has ended without living long enough in between. */
    int deaths() {
        return backOff.deaths();
    }

    ReadyFile.Entry entry() {
        Running now = running;
        return new ReadyFile.Entry(role, id, port, now == null ? 0 : now.pid());
    }

    /** Stops the process and does not restart it. */
    void stop() {
        Running last;
        synchronized (this) {
            stopping.countDown();
            last = running;
        }
        if (last != null) {
            last.stop();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        try {
            liveUntilTold();
        } finally {
            first.completeExceptionally(new CannotStart(id + " was stopped before it started."));
        }
    }

    private void liveUntilTold() {
        while (stopping.getCount() > 0) {
            long started = System.nanoTime();
            String why = liveOnce();
            if (stopping.getCount() == 0 || first.isCompletedExceptionally()) {
                return;
            }
            Duration pause = backOff.afterLifeOf(Duration.ofNanos(System.nanoTime() - started));
            Console.warn("%s %s; starting it again".formatted(id, why));
            if (toldToStopWithin(pause)) {
                return;
            }
        }
    }

    private String liveOnce() {
        try {
            Running started = launch.start();
            boolean admitted = admit(started);
            first.complete(started);
            if (admitted) {
                onChange.run();
                started.awaitEnd();
            }
            started.stop();
            return "(process %d) ended".formatted(started.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a supervising thread", e);
        } catch (IOException | RuntimeException e) {
            first.completeExceptionally(e);
            return "could not be started: " + e.getMessage();
        }
    }

    /**
     * Records the started process; returns false if {@link #stop} was called meanwhile and the
     * process has to be ended at once.
     */
    private synchronized boolean admit(Running started) {
        running = started;
        return stopping.getCount() > 0;
    }

    private boolean toldToStopWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
