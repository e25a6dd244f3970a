package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ClosedLoop;
import dev.threadwell.bench.client.Direction;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Brings every process to the speed that it keeps: a service that has served a few hundred requests
 * runs most of its code uncompiled, and no service that is measured for a minute stays so.
 */
public final class WarmUp {

    private static final int CLIENTS = 8;
    private static final Direction ANSWER = new Direction(20, 0, 0);

    private WarmUp() {}

    /** Streams runs, and completions straight from the model, for a while; returns how many. */
    public static long of(Lab lab) {
        var done = new AtomicLong();
        long deadline = System.nanoTime() + lab.size(60, 2) * 1_000_000_000L;
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
        return ClosedLoop.until(deadline, () -> runAndCompletion(lab), done);
    }

    private static Future<Void> runAndCompletion(Lab lab) {
        return lab.threadwell()
                .createThread(ANSWER.text())
                .compose(
                        thread ->
                                lab.threadwell().stream(
                                        thread, lab.assistant(), (event, data, nanos) -> {}))
                .compose(streamed -> lab.simulator().stream(ANSWER, nanos -> {}));
    }
}
