package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;

/** HTTP client for JSON and server-sent events; any status but 200 is a failure. */
final class Http {

    /** A response, with the time at which its last byte was read. */
    record Answer(JsonObject body, MultiMap headers, long nanos) {}

    private final HttpClient client;
    private final URI base;
    private final Map<String, String> headers;

    Http(Vertx vertx, URI base, Map<String, String> headers) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(1_000)
                                .setConnectTimeout(10_000)
                                .setKeepAliveTimeout(300));
        this.base = base;
        this.headers = headers;
    }

    Future<Answer> get(String path, Map<String, String> more) {
        return client.request(request(HttpMethod.GET, path, more))
                .compose(request -> request.send())
                .compose(Http::answer);
    }

    Future<Answer> post(String path, JsonObject body) {
        return client.request(request(HttpMethod.POST, path, Map.of()))
                .compose(request -> request.send(body.toBuffer()))
                .compose(Http::answer);
    }

    Future<Answer> form(String path, String boundary, Buffer body) {
        RequestOptions form = request(HttpMethod.POST, path, Map.of());
        form.getHeaders().set("content-type", "multipart/form-data; boundary=" + boundary);
        return client.request(form).compose(request -> request.send(body)).compose(Http::answer);
    }

    /** Completes when the stream has ended. */
    Future<Void> stream(String path, JsonObject body, SseReader.Listener listener) {
        return client.request(request(HttpMethod.POST, path, Map.of()))
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> follow(response, listener));
    }

    private RequestOptions request(HttpMethod method, String path, Map<String, String> more) {
        var options =
                new RequestOptions()
                        .setMethod(method)
                        .setAbsoluteURI(base + path)
                        .putHeader("content-type", "application/json");
        headers.forEach(options::putHeader);
        more.forEach(options::putHeader);
        return options;
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body()
                .compose(
                        body -> {
                            long now = System.nanoTime();
                            return response.statusCode() == 200
                                    ? Future.succeededFuture(
                                            new Answer(
                                                    new JsonObject(body), response.headers(), now))
                                    : failed(response, body.toString());
                        });
    }

    private static Future<Void> follow(HttpClientResponse response, SseReader.Listener listener) {
        if (response.statusCode() != 200) {
            return response.body().compose(body -> failed(response, body.toString()));
        }
        response.handler(new SseReader(listener)::read);
        return response.end();
    }

    private static <T> Future<T> failed(HttpClientResponse response, String body) {
        return Future.failedFuture(
                "%s %s answered %d: %s"
                        .formatted(
                                response.request().getMethod(),
                                response.request().getURI(),
                                response.statusCode(),
                                body));
    }
}
