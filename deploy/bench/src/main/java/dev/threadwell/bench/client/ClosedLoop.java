package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** A closed-loop client: it starts its next piece of work when the last one is done. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /** Repeats the work until the deadline; counts what was completed by then. */
    public static Future<Void> until(
            long deadline, Supplier<Future<Void>> work, AtomicLong doneInTime) {
        Promise<Void> ended = Promise.promise();
        next(deadline, work, doneInTime, ended);
        return ended.future();
    }

    private static void next(
            long deadline,
            Supplier<Future<Void>> work,
            AtomicLong doneInTime,
            Promise<Void> ended) {
        work.get()
                .onFailure(ended::fail)
                .onSuccess(
                        ignored -> {
                            if (System.nanoTime() < deadline) {
                                doneInTime.incrementAndGet();
                                next(deadline, work, doneInTime, ended);
                            } else {
                                ended.complete();
                            }
                        });
    }

    /** Processes pieces until the queue is empty; several clients may share a queue. */
    public static <T> Future<Void> over(Queue<T> pieces, Function<T, Future<Void>> work) {
        Promise<Void> ended = Promise.promise();
        nextOf(pieces, work, ended);
        return ended.future();
    }

    private static <T> void nextOf(
            Queue<T> pieces, Function<T, Future<Void>> work, Promise<Void> ended) {
        T piece = pieces.poll();
        if (piece == null) {
            ended.complete();
            return;
        }
        work.apply(piece).onFailure(ended::fail).onSuccess(ignored -> nextOf(pieces, work, ended));
    }
}
