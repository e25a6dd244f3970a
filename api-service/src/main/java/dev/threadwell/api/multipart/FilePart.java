package dev.threadwell.api.multipart;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The file of a multipart form as a stream with back-pressure. */
final class FilePart<T> {

    private final String filename;
    private final HttpServerRequest request;
    private final CompletableFuture<T> kept = new CompletableFuture<>();
    private final UnicastProcessor<Buffer> pieces = UnicastProcessor.create();
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean unwanted;

    FilePart(String filename, HttpServerRequest request) {
        this.filename = filename;
        this.request = request;
        request.pause();
    }

    String filename() {
        return filename;
    }

    /** The result of storing the bytes. */
    CompletableFuture<T> kept() {
        return kept;
    }

    /** The bytes; they can be subscribed to once. After a cancellation the rest is discarded. */
    Multi<Buffer> pieces() {
        return pieces.onRequest().invoke(this::want).onCancellation().invoke(this::discardRest);
    }

    private void want(long more) {
        if (wanted.accumulateAndGet(more, FilePart::sum) > 0) {
            request.resume();
        }
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private void discardRest() {
        unwanted = true;
        request.resume();
    }

    /**
     * Adds a piece. A few more than requested can arrive, because one read from the network may
     * contain several.
     */
    void add(Buffer piece) {
        if (unwanted) {
            return;
        }
        if (wanted.decrementAndGet() <= 0) {
            request.pause();
        }
        pieces.onNext(piece);
    }

    void end() {
        pieces.onComplete();
        request.resume();
    }

    void fail(Throwable why) {
        pieces.onError(why);
    }
}
