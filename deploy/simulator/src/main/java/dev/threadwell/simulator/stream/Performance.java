package dev.threadwell.simulator.stream;

import dev.threadwell.simulator.direction.Dialect;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.request.RequestError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends one completion as a response on its connection's event loop. Uses timers and no threads,
 * and renders each event only when it is due.
 */
public abstract sealed class Performance permits StreamedPerformance, WholePerformance {
    private static final long NO_TIMER = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    final Completion completion;
    final HttpServerResponse response;
    final Progress progress;
    private final Vertx vertx;
    private final HttpServerRequest request;
    private long timer = NO_TIMER;
    private boolean over;

    Performance(Vertx vertx, HttpServerRequest request, Completion completion, Progress progress) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.completion = completion;
        this.progress = progress;
    }

    public static Performance of(
            Vertx vertx, HttpServerRequest request, Completion completion, Progress progress) {
        return completion.request().stream() && completion.direction().dialect() != Dialect.WHOLE
                ? new StreamedPerformance(vertx, request, completion, progress)
                : new WholePerformance(vertx, request, completion, progress);
    }

    public final void begin() {
        response.closeHandler(_ -> clientLeft());
        response.exceptionHandler(_ -> clientLeft());
        switch (completion.fault()) {
            case null -> play();
            case Fault.Status status ->
                    after(completion.direction().pace().firstTokenNanos(), () -> refuse(status));
            case Fault.Body body ->
                    after(completion.direction().pace().firstTokenNanos(), () -> answer(body));
            // The response stays open until its client disconnects.
            case Fault.HangBeforeHeaders _ -> {}
            case Fault.HangAfter _, Fault.CutAfter _ -> play();
        }
    }

    /** Sends the answer up to its end or its fault. */
    abstract void play();

    final boolean isOver() {
        return over;
    }

    final void after(long nanos, Runnable action) {
        long millis = Math.round((double) nanos / NANOS_PER_MILLI);
        if (millis < 1) {
            vertx.getOrCreateContext().runOnContext(_ -> unlessOver(action));
        } else {
            timer = vertx.setTimer(millis, _ -> unlessOver(action));
        }
    }

    final void finish() {
        over = true;
        progress.finished();
    }

    final void cut() {
        over = true;
        progress.faulted();
        request.connection().close();
    }

    private void answer(Fault.Body body) {
        over = true;
        progress.faulted();
        response.setStatusCode(body.status()).putHeader("content-type", body.contentType());
        FaultErrors.retryHeaders(body.retryAfterSeconds()).forEach(response::putHeader);
        response.end(body.body());
    }

    private void refuse(Fault.Status status) {
        over = true;
        progress.faulted();
        RequestError error = FaultErrors.of(status, completion.request().model());
        response.setStatusCode(error.status()).putHeader("content-type", "application/json");
        FaultErrors.retryHeaders(status.retryAfterSeconds()).forEach(response::putHeader);
        response.end(Buffer.buffer(error.body()));
    }

    private void unlessOver(Runnable action) {
        if (!over) {
            action.run();
        }
    }

    private void clientLeft() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            progress.aborted();
        }
    }
}
