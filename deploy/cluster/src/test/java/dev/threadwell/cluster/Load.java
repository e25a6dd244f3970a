package dev.threadwell.cluster;

import dev.threadwell.flow.Client;
import dev.threadwell.flow.Eventually;
import dev.threadwell.flow.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The traffic of clients: so many runs a second, and so many at a time at most, half of them
 * streamed and half polled, each in a thread of its own. One streamed run of ten lasts longer than
 * any node waits for its streams.
 */
final class Load implements AutoCloseable {

    private static final double RATE =
            Double.parseDouble(
                    System.getenv().getOrDefault("THREADWELL_CLUSTER_RUNS_PER_SECOND", "10"));
    private static final int MOST_AT_ONCE =
            Integer.parseInt(
                    System.getenv().getOrDefault("THREADWELL_CLUSTER_RUNS_AT_ONCE", "100"));
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Http http;
    private final LoadRun.Manner manner;
    private final String assistant;
    private final Tally tally = new Tally();
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private Load(Http http, LoadRun.Manner manner) {
        this.http = http;
        this.manner = manner;
        assistant = assistantThatSearches(http);
    }

    private static String assistantThatSearches(Http http) {
        var store = new Client(http).store("tides.txt", "Low water is at noon.");
        var stores = Map.of("vector_store_ids", List.of(store.becomes("completed").id()));
        var assistant =
                Map.of(
                        "model",
                        "simulated",
                        "tools",
                        List.of(Map.of("type", "file_search")),
                        "tool_resources",
                        Map.of("file_search", stores));
        return http.post("/v1/assistants", assistant).ok().path("id").asText();
    }

    /** Clients that repeat nothing: whatever fails is counted as failed. */
    static Load withoutRetries(Http http) {
        return new Load(http, LoadRun.Manner.ASKS_ONCE).begins();
    }

    /** Clients that repeat a request twice when its connection breaks, as the SDKs do. */
    static Load withRetries(Http http) {
        return new Load(http, LoadRun.Manner.ASKS_AGAIN).begins();
    }

    private Load begins() {
        long pause = Math.round(1_000_000 / RATE);
        var _ = clock.scheduleAtFixedRate(this::begin, 0, pause, TimeUnit.MICROSECONDS);
        return this;
    }

    private void begin() {
        if (!places.tryAcquire()) {
            tally.heldBack(); // what answers slowly is asked less
            return;
        }
        int number = begun.getAndIncrement();
        var run = new LoadRun(http, assistant, number, manner, tally);
        clients.execute(
                () -> {
                    try {
                        run.carryOut();
                    } finally {
                        places.release();
                    }
                });
    }

    /** Lets so many more runs begin, so that what comes next comes in the middle of some. */
    Load forRuns(int more) {
        int until = begun.get() + more;
        Eventually.isTrue(more + " more runs", () -> begun.get() >= until);
        return this;
    }

    /** Begins no more runs, waits for the end of all, and compares what was shown with what is. */
    LoadReport ends() {
        clock.shutdown();
        clients.shutdown();
        try {
            if (!clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                clients.shutdownNow();
                tally.broke("runs have not ended within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return tally.report(begun.get());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clients.shutdownNow();
    }
}
