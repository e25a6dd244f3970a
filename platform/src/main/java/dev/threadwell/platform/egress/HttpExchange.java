package dev.threadwell.platform.egress;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to one address and its response. Completes once, with the response, a failure or the
 * timeout.
 */
final class HttpExchange {

    private final HttpClient client;
    private final EgressRequest request;
    private final Promise<EgressAnswer> answer = Promise.promise();
    private final Buffer body = Buffer.buffer();

    private volatile @Nullable HttpClientRequest sent;

    HttpExchange(Vertx vertx, HttpClient client, EgressRequest request, Duration left) {
        this.client = client;
        this.request = request;
        long timer =
                vertx.setTimer(
                        left.toMillis(), _ -> fail(Reason.TIMED_OUT, "it did not answer in time"));
        answer.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    Future<EgressAnswer> answer() {
        return answer.future();
    }

    /** Connects to this address, but uses the URL's host name for TLS and the Host header. */
    void begin(InetAddress address) {
        if (answer.future().isComplete()) {
            return;
        }
        URI url = request.url();
        int port = AddressRules.port(url);
        RequestOptions options =
                new RequestOptions()
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        new InetSocketAddress(address, port)))
                        .setHost(AddressRules.name(url.getHost()))
                        .setPort(port)
                        .setSsl(AddressRules.isSecure(url))
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setURI(target(url));
        var _ =
                client.request(options)
                        .onSuccess(this::send)
                        .onFailure(_ -> fail(Reason.UNREACHABLE, "it cannot be reached"));
    }

    private static String target(URI url) {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private void send(HttpClientRequest ready) {
        sent = ready;
        if (answer.future().isComplete()) {
            reset();
            return;
        }
        ready.exceptionHandler(_ -> broken());
        ready.putHeader(HttpHeaders.USER_AGENT, "Threadwell")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        request.headers().forEach(ready::putHeader);
        byte[] bytes = request.body();
        if (bytes != null && !request.headers().containsKey("content-type")) {
            ready.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        Future<HttpClientResponse> response =
                bytes == null ? ready.send() : ready.send(Buffer.buffer(bytes));
        var _ = response.onSuccess(this::read).onFailure(_ -> broken());
    }

    private void read(HttpClientResponse response) {
        String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(Reason.BROKEN, "it compresses its answers, though it was not asked to");
            return;
        }
        response.exceptionHandler(_ -> broken());
        response.handler(chunk -> take(response, chunk));
        response.endHandler(_ -> whole(response));
    }

    private void take(HttpClientResponse response, Buffer chunk) {
        if (answer.future().isComplete()) {
            return;
        }
        if (body.length() + chunk.length() > request.maxBytes()) {
            fail(
                    Reason.TOO_LARGE,
                    "its answer is larger than %d bytes".formatted(request.maxBytes()));
            return;
        }
        body.appendBuffer(chunk);
        if (request.whole().test(body)) {
            whole(response);
            reset();
        }
    }

    private void whole(HttpClientResponse response) {
        answer.tryComplete(
                new EgressAnswer(response.statusCode(), response.headers(), body.getBytes()));
    }

    private void broken() {
        fail(Reason.BROKEN, "the connection broke");
    }

    void fail(Throwable failure) {
        answer.tryFail(
                failure instanceof EgressException
                        ? failure
                        : new EgressException(Reason.BROKEN, "it cannot be looked up"));
        reset();
    }

    /** Aborts the request if it is not complete. */
    void abandon() {
        if (!answer.future().isComplete()) {
            fail(Reason.BROKEN, "it was given up");
        }
    }

    private void fail(Reason reason, String message) {
        fail(new EgressException(reason, message));
    }

    private void reset() {
        HttpClientRequest open = sent;
        if (open != null) {
            var _ = open.reset();
        }
    }
}
