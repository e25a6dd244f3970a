package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ClosedLoop;
import dev.threadwell.bench.client.Direction;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Warms up all JVMs: after a few thousand requests a JVM still spends as much time on JIT
 * compilation as on requests, while a service in production runs at full speed.
 */
public final class WarmUp {

    private static final int CLIENTS = 32;
    private static final Direction ANSWER = new Direction(20, 0, 0);
    private static final int WINDOW_SECONDS = 10;
    private static final int MOST_WINDOWS = 36;

    /** The number of windows without a significant improvement after which the warm-up ends. */
    private static final int PATIENCE = 4;

    private static final double NEXT_TO_NOTHING = 1.02;

    private WarmUp() {}

    /**
     * The result of the warm-up.
     *
     * @param first runs per second at the beginning
     * @param last runs per second at the end
     */
    public record Done(long runs, double first, double last) {}

    /** Streams runs, polls others and calls the model directly until the rate stops increasing. */
    public static Done of(Lab lab) {
        if (lab.quick()) {
            long few = window(lab, 2);
            return new Done(few, few / 2.0, few / 2.0);
        }
        long first = window(lab, WINDOW_SECONDS);
        long runs = first;
        long best = first;
        long last = first;
        int sinceBest = 0;
        for (int i = 1; i < MOST_WINDOWS && sinceBest < PATIENCE; i++) {
            last = window(lab, WINDOW_SECONDS);
            runs += last;
            sinceBest = last > best * NEXT_TO_NOTHING ? 0 : sinceBest + 1;
            best = Math.max(best, last);
        }
        return new Done(runs, first / (double) WINDOW_SECONDS, last / (double) WINDOW_SECONDS);
    }

    private static long window(Lab lab, int seconds) {
        var done = new AtomicLong();
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        lab.loop()
                .await(
                        () ->
                                Future.all(
                                        Stream.generate(() -> client(lab, deadline, done))
                                                .limit(CLIENTS)
                                                .toList()));
        return done.get();
    }

    private static Future<Void> client(Lab lab, long deadline, AtomicLong done) {
        return ClosedLoop.until(deadline, () -> twoRunsAndACompletion(lab), done);
    }

    private static Future<Void> twoRunsAndACompletion(Lab lab) {
        return lab.threadwell()
                .createThread(ANSWER.text())
                .compose(
                        thread ->
                                lab.threadwell().stream(
                                                thread, lab.assistant(), (event, data, nanos) -> {})
                                        .compose(streamed -> PlainRun.on(lab, thread)))
                .compose(completed -> lab.simulator().stream(ANSWER, nanos -> {}));
    }
}
