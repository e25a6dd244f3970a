package dev.threadwell.simulator;

import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Collects a request's body up to a size limit. */
final class RequestBody {
    static final int LIMIT = 32 << 20;

    private final Buffer collected = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private RequestBody() {}

    static Future<Buffer> of(HttpServerRequest request) {
        var body = new RequestBody();
        request.handler(body::add);
        request.exceptionHandler(body.whole::tryFail);
        request.endHandler(_ -> body.whole.tryComplete(body.collected));
        return body.whole.future();
    }

    private void add(Buffer part) {
        if (collected.length() + part.length() > LIMIT) {
            whole.tryFail(new RefusedRequest(RequestError.tooLarge(LIMIT)));
        } else {
            collected.appendBuffer(part);
        }
    }
}
