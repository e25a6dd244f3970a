package dev.threadwell.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.egress.EgressException.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers out there may do, and what comes of it: an answer or a reason, in time. */
class EgressTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AtomicInteger lookups = new AtomicInteger();
    private HttpServer server = VERTX.createHttpServer();
    private Egress egress = egress(_ -> List.of(HERE), "site.test");

    private Egress egress(Resolver resolver, String... allowed) {
        return egress(resolver, new HttpClientOptions(), allowed);
    }

    private Egress egress(Resolver resolver, HttpClientOptions options, String... allowed) {
        return new Egress(
                VERTX,
                new AddressRules(List.of(allowed), false, Set.of(443)),
                host -> {
                    lookups.incrementAndGet();
                    return resolver.addresses(host);
                },
                options);
    }

    private void serve(Consumer<HttpServerRequest> handler) {
        serve(new HttpServerOptions(), handler);
    }

    private void serve(HttpServerOptions options, Consumer<HttpServerRequest> handler) {
        server =
                VERTX.createHttpServer(options)
                        .requestHandler(handler::accept)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    @AfterEach
    void close() {
        egress.close();
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterAll
    static void closeAll() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private URI at(String host, String path) {
        return URI.create("http://" + host + ":" + server.actualPort() + path);
    }

    private EgressAnswer ask(EgressRequest request) {
        return egress.send(request).await().atMost(LONG);
    }

    private Reason reason(EgressRequest request) {
        try {
            EgressAnswer answer = ask(request);
            throw new AssertionError("answered with " + answer.status());
        } catch (CompletionException e) {
            return ((EgressException) e.getCause()).reason();
        } catch (EgressException e) {
            return e.reason();
        }
    }

    private EgressRequest get(String host, String path) {
        return EgressRequest.get(at(host, path), LONG, 1 << 20);
    }

    private static void redirect(HttpServerRequest request, int status, String location) {
        request.response().setStatusCode(status).putHeader("location", location).end();
    }

    @Test
    void anAnswerComesWithItsStatusHeadersAndBody() {
        serve(
                r ->
                        r.response()
                                .setStatusCode(418)
                                .putHeader("x-pot", "short")
                                .end(r.uri() + " for " + r.getHeader("host")));
        EgressAnswer answer = ask(get("site.test.", "/tea?milk=no"));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("X-Pot")).isEqualTo("short");
        assertThat(answer.text()).isEqualTo("/tea?milk=no for site.test:" + server.actualPort());
    }

    @Test
    void aNameIsLookedUpOnceThoughItsNextAnswerWouldBeAnother() {
        AtomicReference<InetAddress> next = new AtomicReference<>(HERE);
        egress =
                egress(
                        _ -> List.of(next.getAndSet(InetAddress.ofLiteral("10.0.0.1"))),
                        "127.0.0.1");
        serve(r -> r.response().end("pinned"));
        assertThat(ask(get("rebinding.test", "/")).text()).isEqualTo("pinned");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aNameThatWasPublicIsJudgedAnewAfterARedirection() {
        AtomicReference<InetAddress> next = new AtomicReference<>(HERE);
        egress =
                egress(
                        _ -> List.of(next.getAndSet(InetAddress.ofLiteral("10.0.0.1"))),
                        "127.0.0.1");
        serve(r -> redirect(r, 302, "/again"));
        assertThat(reason(get("rebinding.test", "/"))).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::ffff:127.0.0.1]",
                "[::1]",
                "[::]",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "0.0.0.0",
                "0",
                "localhost",
                "localhost.",
                "LOCALHOST"
            })
    void thisMachineIsNotReachedHoweverItIsWritten(String host) {
        AtomicInteger asked = new AtomicInteger();
        egress = egress(Resolver.ofSystem());
        serve(
                r -> {
                    asked.incrementAndGet();
                    r.response().end();
                });
        assertThat(reason(get(host, "/"))).isIn(Reason.REFUSED, Reason.UNREACHABLE);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@site.test", "user:word@site.test", "127.0.0.1#@site.test"})
    void whatStandsBeforeAnAtDeceivesNobody(String authority) {
        serve(r -> r.response().end());
        assertThat(reason(get(authority, "/"))).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://other.test/",
                "http://user@site.test/",
                "file:///etc/passwd",
                "//[::1]/"
            })
    void aRedirectionLeadsNowhereThatIsClosed(String location) {
        serve(r -> redirect(r, 302, location));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aRedirectionIsFollowed() {
        serve(
                r -> {
                    if (r.path().equals("/there")) {
                        r.response().end("arrived");
                    } else {
                        redirect(r, 301, "there");
                    }
                });
        assertThat(ask(get("site.test", "/here")).text()).isEqualTo("arrived");
    }

    @Test
    void endlessRedirectionsEnd() {
        AtomicInteger asked = new AtomicInteger();
        serve(r -> redirect(r, 302, "/" + asked.incrementAndGet()));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
        assertThat(asked).hasValue(6);
    }

    @Test
    void headersDoNotGoAlongToAnotherHost() {
        egress = egress(_ -> List.of(HERE), "site.test", "other.test");
        serve(
                r -> {
                    if (r.getHeader("host").startsWith("other")) {
                        r.response().end("got " + r.getHeader("authorization"));
                    } else {
                        redirect(r, 302, at("other.test", "/").toString());
                    }
                });
        EgressRequest secret = get("site.test", "/");
        EgressRequest request =
                new EgressRequest(
                        "GET",
                        secret.url(),
                        Map.of("authorization", "Bearer tide"),
                        null,
                        LONG,
                        1000,
                        _ -> false);
        assertThat(ask(request).text()).isEqualTo("got null");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void whatIsSentIsNotSentOnToAnotherHost(int status) {
        egress = egress(_ -> List.of(HERE), "site.test", "other.test");
        AtomicInteger other = new AtomicInteger();
        serve(
                r -> {
                    if (r.getHeader("host").startsWith("other")) {
                        other.incrementAndGet();
                    }
                    redirect(r, status, at("other.test", "/").toString());
                });
        EgressRequest request =
                EgressRequest.post(at("site.test", "/"), Map.of(), new byte[] {1}, LONG, 1000);
        assertThat(ask(request).status()).isEqualTo(status);
        assertThat(other).hasValue(0);
    }

    @Test
    void whatIsSentMayBeSentOnWithinTheSameHost() {
        serve(
                r -> {
                    if (r.path().equals("/mcp/")) {
                        r.body().onSuccess(body -> r.response().end(body));
                    } else {
                        redirect(r, 307, "/mcp/");
                    }
                });
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(
                        ask(EgressRequest.post(at("site.test", "/mcp"), Map.of(), body, LONG, 100))
                                .text())
                .isEqualTo("{}");
    }

    @Test
    void aServerThatSaysNothingTimesOut() {
        serve(r -> {});
        assertThat(reason(EgressRequest.get(at("site.test", "/"), Duration.ofMillis(200), 100)))
                .isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aBodyThatDripsTimesOut() {
        serve(
                r -> {
                    HttpServerResponse response = r.response().setChunked(true);
                    long timer = VERTX.setPeriodic(20, _ -> response.write("."));
                    response.closeHandler(_ -> VERTX.cancelTimer(timer));
                });
        assertThat(reason(EgressRequest.get(at("site.test", "/"), Duration.ofMillis(300), 10_000)))
                .isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aNameThatIsNeverFoundTimesOut() {
        egress =
                egress(
                        _ -> {
                            try {
                                Thread.sleep(5_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new UnknownHostException();
                        });
        URI url = URI.create("https://slow.test/");
        assertThat(reason(EgressRequest.get(url, Duration.ofMillis(200), 100)))
                .isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        serve(
                r -> {
                    HttpServerResponse response = r.response().setChunked(true);
                    pour(response);
                });
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.TOO_LARGE);
    }

    private static void pour(HttpServerResponse response) {
        if (!response.closed()) {
            response.write("x".repeat(50_000)).onSuccess(_ -> pour(response));
        }
    }

    @Test
    void aCompressedBodyIsNotUnpacked() {
        serve(r -> r.response().putHeader("content-encoding", "gzip").end("anything"));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void noMoreIsReadThanWhatIsEnough() {
        serve(r -> r.response().setChunked(true).write("data: 1\n\n"));
        EgressRequest request =
                get("site.test", "/").until(body -> body.toString().endsWith("\n\n"));
        assertThat(ask(request).text()).isEqualTo("data: 1\n\n");
    }

    @Test
    void aServerThatHangsUpIsBroken() {
        serve(r -> r.connection().close());
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI url = URI.create("http://site.test:" + port + "/");
        assertThat(reason(EgressRequest.get(url, LONG, 100))).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aCertificateIsCheckedByTheNameAlthoughTheAddressIsPinned(@TempDir Path directory)
            throws Exception {
        Path store = directory.resolve("site.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=site.test",
                                "-ext",
                                "san=dns:site.test",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        PfxOptions keys = new PfxOptions().setPath(store.toString()).setPassword("changeit");
        serve(
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(keys),
                r -> r.response().end(r.connection().indicatedServerName()));
        egress =
                egress(
                        _ -> List.of(HERE),
                        new HttpClientOptions().setTrustOptions(keys),
                        "site.test",
                        "other.test");
        assertThat(ask(secure("site.test")).text()).isEqualTo("site.test");
        assertThat(reason(secure("other.test"))).isEqualTo(Reason.UNREACHABLE);
    }

    private EgressRequest secure(String host) {
        URI url = URI.create("https://" + host + ":" + server.actualPort() + "/");
        return EgressRequest.get(url, LONG, 100);
    }
}
