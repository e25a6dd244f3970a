package dev.threadwell.api.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request body as a stream with back-pressure. */
record PausedBody(HttpServerRequest request) {

    /** The body in pieces; it can be subscribed to once. */
    Multi<Buffer> all() {
        UnicastProcessor<Buffer> pieces = UnicastProcessor.create();
        request.handler(pieces::onNext);
        request.endHandler(end -> pieces.onComplete());
        request.exceptionHandler(pieces::onError);
        if (request.response().closed()) {
            // Vert.x does not report the closed connection again, so the body would never end.
            pieces.onError(new HttpClosedException("the client went before its body was read"));
        }
        return pieces.onRequest()
                .invoke(request::fetch)
                .onCancellation()
                .invoke(this::ignoreTheRest);
    }

    private void ignoreTheRest() {
        request.handler(piece -> {});
        request.resume();
    }
}
