package dev.threadwell.runworker.hold;

import dev.threadwell.store.RunRow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that this worker holds, never more than it may. */
@ApplicationScoped
public class Holds {

    private final Vertx vertx;
    private final HoldServices services;
    private final Map<String, Hold> byRun = new ConcurrentHashMap<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final int places;
    private int free;
    private boolean draining;

    @Inject
    public Holds(Vertx vertx, HoldServices services, WorkerConfig config) {
        this.vertx = vertx;
        this.services = services;
        this.places = config.maxRuns();
        this.free = places;
    }

    private record Waiting(int wanted, UniEmitter<? super Integer> emitter) {}

    /** Asks the model at once, so that it thinks while the run is claimed. */
    public EarlyCall early(RunRow run) {
        EarlyCall call = new EarlyCall(ownContext(), run, services);
        call.ask();
        return call;
    }

    /** Reserves up to so many places, at least one; waits its turn while there is none. */
    public Uni<Integer> reserve(int wanted) {
        return Uni.createFrom().emitter(emitter -> reserve(new Waiting(wanted, emitter)));
    }

    private void reserve(Waiting next) {
        next.emitter().onTermination(() -> forget(next));
        int got;
        synchronized (this) {
            if (free == 0 || draining) {
                waiting.add(next);
                return;
            }
            got = take(next.wanted());
        }
        next.emitter().complete(got);
    }

    private synchronized void forget(Waiting gone) {
        waiting.remove(gone);
    }

    private int take(int wanted) {
        int got = Math.min(wanted, free);
        free -= got;
        return got;
    }

    /** Gives places back that were reserved and not needed, or are needed no more. */
    public void giveBack(int places) {
        List<Runnable> served = new ArrayList<>();
        synchronized (this) {
            free += places;
            notifyAll();
            while (free > 0 && !draining && !waiting.isEmpty()) {
                Waiting next = waiting.remove();
                int got = take(next.wanted());
                served.add(() -> next.emitter().complete(got));
            }
        }
        served.forEach(Runnable::run);
    }

    /**
     * Begins nothing more, and waits for what is under way; false if not all of it is over in time.
     */
    public synchronized boolean drained(Duration patience) throws InterruptedException {
        draining = true;
        long until = System.nanoTime() + patience.toNanos();
        while (free < places) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Carries this run through a turn, in a place that has been reserved. */
    public void begin(RunRow row, Beginning beginning) {
        begin(row, beginning, () -> {});
    }

    /** The same; when the hold is over, this is done too. */
    public void begin(RunRow row, Beginning beginning, Runnable whenOver) {
        Context context =
                beginning instanceof Beginning.Fresh fresh ? fresh.call().context() : ownContext();
        Hold hold = new Hold(row, services, context, over -> ended(over, whenOver));
        byRun.put(row.run().id(), hold);
        hold.begin(beginning);
    }

    /** Keeps a run on one event loop, and spreads the runs over all of them. */
    private Context ownContext() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private void ended(Hold hold, Runnable whenOver) {
        byRun.remove(hold.runId(), hold);
        giveBack(1);
        whenOver.run();
    }

    /** Tells the holder, if it is this worker, that its run is to stop. */
    public void stop(String runId) {
        Hold hold = byRun.get(runId);
        if (hold != null) {
            hold.stop();
        }
    }

    /** Whether this worker holds the run. */
    public boolean holds(String runId) {
        return byRun.containsKey(runId);
    }
}
