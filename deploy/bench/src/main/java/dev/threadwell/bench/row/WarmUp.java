package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ClosedLoop;
import dev.threadwell.bench.client.Direction;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Brings every process to the speed that it keeps: a JVM that has served some thousand requests
 * spends as much on compiling as on serving, and no service that is measured for a minute stays so.
 */
public final class WarmUp {

    private static final int CLIENTS = 32;
    private static final Direction ANSWER = new Direction(20, 0, 0);
    private static final int WINDOW_SECONDS = 10;
    private static final int MOST_WINDOWS = 36;

    /** So many windows that bring next to nothing, and there is no more to come. */
    private static final int PATIENCE = 4;

    private static final double NEXT_TO_NOTHING = 1.02;

    private WarmUp() {}

    /**
     * What was done until it went no faster.
     *
     * @param first runs per second in the beginning
     * @param last runs per second at the end
     */
    public record Done(long runs, double first, double last) {}

    /** Streams runs, polls others, and asks the model directly until that gets no faster. */
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
