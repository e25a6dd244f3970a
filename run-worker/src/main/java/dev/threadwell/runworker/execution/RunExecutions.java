package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.runworker.model.ChatModel;
import dev.threadwell.runworker.prompt.PromptAssembly;
import dev.threadwell.runworker.stream.StreamHistory;
import dev.threadwell.runworker.stream.StreamWriters;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Registry of the runs that this worker executes, with admission control: never more than {@link
 * WorkerConfig#maxRuns} at a time.
 */
@ApplicationScoped
public class RunExecutions {

    /** What a run takes up while it waits for its model: measured with 2,000 of them. */
    private static final long BYTES_OF_A_RUN = 26 * 1024;

    private static final int PART_OF_HEAP = 4;
    private static final int MOST_PLACES = 5_000;

    private final Vertx vertx;
    private final ExecutionPorts ports;
    private final Map<String, RunExecution> byRun = new ConcurrentHashMap<>();
    private final Map<String, Integer> beingClaimed = new ConcurrentHashMap<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final int places;
    private int free;
    private boolean draining;

    @Inject
    public RunExecutions(
            Vertx vertx,
            ExecutionStore store,
            PromptAssembly prompts,
            ChatModel model,
            StreamWriters streams,
            StreamHistory history,
            WorkerConfig config,
            InstantSource clock,
            ExecutionMetrics metrics,
            Tracing tracing) {
        this(
                vertx,
                new ExecutionPorts(
                        store, prompts, model, streams, history, clock, metrics, tracing),
                config.maxRuns().orElseGet(() -> places(Runtime.getRuntime().maxMemory())));
    }

    RunExecutions(Vertx vertx, ExecutionPorts ports, int places) {
        this.vertx = vertx;
        this.ports = ports;
        this.places = places;
        this.free = places;
        ports.metrics().places(places);
    }

    /** How many runs a worker with this heap executes at a time, unless it is configured. */
    static int places(long heap) {
        return (int) Math.clamp(heap / PART_OF_HEAP / BYTES_OF_A_RUN, 1, MOST_PLACES);
    }

    private record Waiting(int wanted, UniEmitter<? super Integer> emitter) {}

    /**
     * Starts the model call at once, so that it runs while the run is being claimed.
     *
     * @param requested when a worker was requested for the run
     * @param cause the context of the span that requested the run, if it is traced
     */
    public SpeculativeSampling speculate(RunRow run, Instant requested, @Nullable String cause) {
        SpeculativeSampling sampling =
                new SpeculativeSampling(newContext(), run, requested, ports, cause);
        sampling.start();
        return sampling;
    }

    /**
     * Reserves at least one place and at most this many; waits in a FIFO queue while none is free.
     * That is never long: each channel hands over a batch at a time, and fetches no more meanwhile.
     */
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

    /** Returns reserved places that are not needed, or not needed any more. */
    public void release(int places) {
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

    /** Admits no more runs, and blocks until all are released; false after the timeout. */
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

    /**
     * Claims runs and starts what was claimed. Until that is over these runs count as executed: a
     * claim can be committed seconds before a busy worker gets to start its run.
     */
    public <T> Uni<T> claiming(Collection<String> runIds, Supplier<Uni<T>> claim) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            runIds.forEach(id -> beingClaimed.merge(id, 1, Integer::sum));
                            return claim.get();
                        })
                .onTermination()
                .invoke(() -> runIds.forEach(this::claimIsOver));
    }

    private void claimIsOver(String runId) {
        beingClaimed.computeIfPresent(runId, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Executes one turn of this run, in a place that was reserved before. */
    public void start(RunRow row, StartReason reason, @Nullable String cause) {
        start(row, reason, cause, () -> {});
    }

    /**
     * Executes one turn of this run.
     *
     * @param cause the context of the span that makes the turn begin, if it is traced
     * @param whenReleased is called when the run is released
     */
    public void start(
            RunRow row, StartReason reason, @Nullable String cause, Runnable whenReleased) {
        long started = System.nanoTime();
        Context context;
        if (reason instanceof StartReason.Fresh(var sampling)) {
            context = sampling.context();
            ports.metrics().claimed(sampling.requested(), ports.clock().instant());
        } else {
            context = newContext();
        }
        RunExecution execution =
                new RunExecution(
                        row,
                        reason,
                        cause,
                        ports,
                        context,
                        one -> released(one, started, whenReleased));
        ports.metrics().started();
        byRun.put(row.run().id(), execution);
        execution.start();
    }

    /** A new context: each run stays on one event loop, and the runs are spread over all loops. */
    private Context newContext() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private void released(RunExecution execution, long started, Runnable whenReleased) {
        ports.metrics().released(started);
        byRun.remove(execution.runId(), execution);
        release(1);
        whenReleased.run();
    }

    /** Tells the run's execution, if this worker has it, that the run may have been ended. */
    public void stop(String runId) {
        RunExecution execution = byRun.get(runId);
        if (execution != null) {
            execution.stop();
        }
    }

    /** The ids of the runs that this worker executes. */
    public Set<String> running() {
        return Set.copyOf(byRun.keySet());
    }

    /** Whether this worker executes the run, or is about to. */
    public boolean executes(String runId) {
        return byRun.containsKey(runId) || beingClaimed.containsKey(runId);
    }
}
