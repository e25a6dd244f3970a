package dev.threadwell.platform.egress;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Fixture: servers under fake host names, and an egress client that reaches them. */
abstract class OutThere {

    final Vertx vertx = Vertx.vertx();
    static final Duration LONG = Duration.ofSeconds(30);
    static final InetAddress HERE = InetAddress.getLoopbackAddress();

    final AtomicInteger lookups = new AtomicInteger();
    private HttpServer server = vertx.createHttpServer();
    Egress egress = egress(_ -> List.of(HERE), "site.test");

    Egress egress(Resolver resolver, String... allowed) {
        return egress(resolver, new HttpClientOptions(), allowed);
    }

    Egress egress(Resolver resolver, HttpClientOptions options, String... allowed) {
        return new Egress(
                vertx,
                new AddressRules(List.of(allowed), false, Set.of(443)),
                host -> {
                    lookups.incrementAndGet();
                    return resolver.addresses(host);
                },
                options,
                EgressMetrics.unread());
    }

    void serve(Consumer<HttpServerRequest> handler) {
        serve(new HttpServerOptions(), handler);
    }

    void serve(HttpServerOptions options, Consumer<HttpServerRequest> handler) {
        server =
                vertx.createHttpServer(options)
                        .requestHandler(handler::accept)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    @AfterEach
    void close() {
        egress.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return server.actualPort();
    }

    URI at(String host, String path) {
        return URI.create("http://" + host + ":" + server.actualPort() + path);
    }

    EgressAnswer ask(EgressRequest request) {
        return egress.send(request).await().atMost(LONG);
    }

    Reason reason(EgressRequest request) {
        try {
            EgressAnswer answer = ask(request);
            throw new AssertionError("answered with " + answer.status());
        } catch (CompletionException e) {
            return ((EgressException) e.getCause()).reason();
        } catch (EgressException e) {
            return e.reason();
        }
    }

    EgressRequest get(String host, String path) {
        return EgressRequest.get(at(host, path), LONG, 1 << 20);
    }
}
