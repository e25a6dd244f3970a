package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import dev.threadwell.toolworker.sandbox.SandboxUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The pool of this worker's sessions: one per thread, bounded in number, each ended after an idle
 * time; plus a few warm sessions, with everything loaded, for threads without one.
 */
@ApplicationScoped
class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    /** A session with its state: busy with a call, or idle since a time. */
    private static final class Place {

        private final ThreadSession kept;
        private boolean busy = true;
        private long idleSince;

        Place(ThreadSession kept) {
            this.kept = kept;
        }
    }

    private final CodeSandbox sandbox;
    private final CodeConfig config;
    private final Map<String, Place> places = new HashMap<>();
    private final Deque<Session> warm = new ArrayDeque<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("code-sessions").factory());

    /** Places reserved for sessions that are being opened. */
    private int opening;

    private int warming;

    /** Calls that wait until a session is free. */
    private int waiting;

    private boolean closed;

    @Inject
    Sessions(CodeSandbox sandbox, CodeConfig config) {
        this.sandbox = sandbox;
        this.config = config;
        long pause = Math.max(1, config.idle().toMillis() / 60);
        var _ = timer.scheduleWithFixedDelay(this::endIdle, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** No session became free in time. */
    static final class AllBusy extends IOException {

        private static final long serialVersionUID = 1;

        AllBusy() {
            super("All sessions are busy.");
        }
    }

    /** Takes the thread's session, or a new one, for exclusive use until it is given back. */
    ThreadSession take(String threadId, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        Session ready;
        synchronized (this) {
            Place place = placeFor(threadId, until);
            if (place != null) {
                place.busy = true;
                return place.kept;
            }
            opening++;
            ready = warm.poll();
        }
        try {
            Session session = ready != null && ready.isAlive() ? ready : sandbox.open();
            return placed(new ThreadSession(threadId, session));
        } finally {
            synchronized (this) {
                opening--;
                notifyAll();
            }
            warmUp();
        }
    }

    /**
     * Returns the thread's idle place; null if it has none and there is room for one. Waits
     * otherwise.
     */
    private @Nullable Place placeFor(String threadId, long until) throws AllBusy {
        while (true) {
            Place place = places.get(threadId);
            if (place != null && !place.kept.session().isAlive()) {
                places.remove(threadId);
            } else if (place != null && !place.busy) {
                return place;
            } else if (place == null && (hasRoom() || madeRoom())) {
                return null;
            } else {
                waitUntil(until);
            }
        }
    }

    private boolean hasRoom() {
        return places.size() + opening < config.sessions();
    }

    private boolean madeRoom() {
        Place longest =
                places.values().stream()
                        .filter(place -> !place.busy)
                        .min(Comparator.comparingLong(place -> place.idleSince))
                        .orElse(null);
        if (longest == null) {
            return false;
        }
        end(longest.kept, "another needs the place");
        return true;
    }

    private void waitUntil(long until) throws AllBusy {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new AllBusy();
        }
        waiting++;
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AllBusy();
        } finally {
            waiting--;
        }
    }

    private synchronized ThreadSession placed(ThreadSession kept) throws IOException {
        if (closed) {
            kept.session().close();
            throw new IOException("the worker stops");
        }
        places.put(kept.threadId(), new Place(kept));
        return kept;
    }

    /** Returns a session after a call. */
    synchronized void release(ThreadSession kept) {
        Place place = places.get(kept.threadId());
        if (place != null && place.kept == kept) {
            place.busy = false;
            place.idleSince = System.nanoTime();
            if (!kept.session().isAlive()) {
                places.remove(kept.threadId());
            }
        }
        notifyAll();
    }

    /** Ends a session, even while code is running. */
    synchronized void end(ThreadSession kept, String reason) {
        LOG.infof("session ends threadId=%s reason=%s", kept.threadId(), reason);
        kept.session().close();
        Place place = places.get(kept.threadId());
        if (place != null && place.kept == kept) {
            places.remove(kept.threadId());
        }
        notifyAll();
    }

    /** Ends the sessions of all other threads. */
    synchronized void keepOnly(Predicate<String> threadIds) {
        for (Place place : List.copyOf(places.values())) {
            if (!threadIds.test(place.kept.threadId())) {
                end(place.kept, "the thread went to another worker");
            }
        }
    }

    private synchronized void endIdle() {
        long now = System.nanoTime();
        for (Place place : List.copyOf(places.values())) {
            if (!place.busy && now - place.idleSince > config.idle().toNanos()) {
                end(place.kept, "idle");
            }
        }
    }

    /** Opens missing warm sessions in the background. */
    void warmUp() {
        synchronized (this) {
            if (closed || warm.size() + warming >= config.warmSessions()) {
                return;
            }
            warming++;
        }
        Thread.ofVirtual().start(this::openWarm);
    }

    private void openWarm() {
        Session session = null;
        try {
            session = sandbox.open();
        } catch (IOException | SandboxUnavailable e) {
            LOG.warnf("no session could be made ready reason=%s", e.getMessage());
        }
        synchronized (this) {
            warming--;
            if (session == null) {
                return;
            }
            if (closed) {
                session.close();
                return;
            }
            warm.add(session);
        }
        warmUp();
    }

    /** How many sessions are in which state, and how many calls wait for one. */
    record Counts(int busy, int idle, int warm, int waiting) {}

    synchronized Counts counts() {
        int busy = (int) places.values().stream().filter(place -> place.busy).count();
        return new Counts(busy + opening, places.size() - busy, warm.size(), waiting);
    }

    /** The number of warm sessions. */
    synchronized int warm() {
        return warm.size();
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        timer.shutdownNow();
        warm.forEach(Session::close);
        warm.clear();
        for (Place place : new ArrayList<>(places.values())) {
            end(place.kept, "the worker stops");
        }
    }
}
