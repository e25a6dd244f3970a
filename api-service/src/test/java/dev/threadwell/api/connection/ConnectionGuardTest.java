package dev.threadwell.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.settings.HttpConfig;
import dev.threadwell.wire.Json;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What comes over a socket that is no request, or comes too slowly, as bytes of a client. */
class ConnectionGuardTest {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "threadwell.http.read-timeout", "PT1S",
                    "threadwell.http.keep-alive", "PT1.5S",
                    "threadwell.http.max-connections", "20");

    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

    private static ClassLoader before;
    private static SmallRyeConfig settings;
    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void listen() {
        // Quarkus registers the mappings of a service; here nobody does. Settings are found by the
        // class loader of the thread, so one of their own keeps them from other tests.
        before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], before));
        settings =
                new SmallRyeConfigBuilder()
                        .withMapping(HttpConfig.class)
                        .withSources(new PropertiesConfigSource(SETTINGS, "test", 1_000))
                        .addDiscoveredConverters()
                        .build();
        ConfigProviderResolver.instance()
                .registerConfig(settings, Thread.currentThread().getContextClassLoader());
        vertx = Vertx.vertx();
        server =
                vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                        .requestHandler(ConnectionGuardTest::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        ConfigProviderResolver.instance().releaseConfig(settings);
        Thread.currentThread().setContextClassLoader(before);
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/late" -> vertx.setTimer(2_500, late -> request.response().end("late"));
            case "/stream" -> {
                request.response().setChunked(true);
                stream(request, 8);
            }
            default ->
                    request.body()
                            .onSuccess(body -> request.response().end("read " + body.length()));
        }
    }

    private static void stream(HttpServerRequest request, int pieces) {
        if (pieces == 0) {
            request.response().end();
            return;
        }
        request.response().write("piece;");
        vertx.setTimer(400, tick -> stream(request, pieces - 1));
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** All that comes until the server closes the connection; a reset fails. */
    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What the server answers before it closes the connection by itself. */
    private static String closing(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return readAll(socket);
        }
    }

    private static void isError(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer)
                .contains("content-length: " + body.getBytes(StandardCharsets.UTF_8).length)
                .contains("content-type: application/json")
                .contains("connection: close")
                .containsPattern("x-request-id: req_[0-9a-f]{32}");
        assertThat(Json.read(body, com.fasterxml.jackson.databind.JsonNode.class).at("/error/type"))
                .as(body)
                .hasToString(status == 503 ? "\"server_error\"" : "\"invalid_request_error\"");
    }

    private static Map<String, Integer> invalid() {
        Map<String, Integer> requests = new LinkedHashMap<>();
        requests.put("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n", 431);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(20_000) + "\r\n", 431);
        requests.put("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505);
        requests.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        requests.put("GET / HTTP/1.1\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX: a\u0001b\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX(: a\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n", 400);
        requests.put("GET /a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        requests.put("GET /a\u0000b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        requests.put("GET / HTTP/1.1\nHost: a\nConnection: close\n\n", 400);
        requests.put("G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        requests.put("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        requests.put("nonsense\r\n\r\n", 400);
        requests.put(POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
        requests.put(POST + "Content-Length: 3, 4\r\n\r\nabcd", 400);
        requests.put(POST + "Content-Length: -1\r\n\r\n", 400);
        requests.put(POST + "Content-Length: +1\r\n\r\na", 400);
        requests.put(POST + "Content-Length: 0x1\r\n\r\na", 400);
        requests.put(POST + "Content-Length: 99999999999999999999\r\n\r\na", 400);
        requests.put(
                POST
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                400);
        requests.put(
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400);
        requests.put(POST + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", 400);
        requests.put(POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400);
        requests.put(
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", 400);
        requests.put(POST + "Transfer-Encoding: gzip\r\n\r\nabc", 400);
        requests.put(POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400);
        requests.put(POST + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n", 400);
        requests.put(POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400);
        requests.put(POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", 400);
        requests.put(
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\na", 400);
        return requests;
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoRequestIsAnsweredInTheApisForm() {
        return invalid().entrySet().stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getValue() + " " + shown(one.getKey()),
                                        () -> isError(closing(one.getKey()), one.getValue())));
    }

    private static String shown(String request) {
        String text = request.replaceAll("[^ -~]", "~");
        return text.substring(0, Math.min(90, text.length()));
    }

    @TestFactory
    Stream<DynamicTest> whatIsOnlyUnusualIsARequest() {
        return Stream.of(
                        "GET / HTTP/1.0\r\n\r\n",
                        "GET http://a/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
                        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: a\r\nX:\t a \r\nX-Name: gr\u00fcn\r\nConnection: close\r\n\r\n",
                        "BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        POST
                                + "Connection: close\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
                                + "3;name=\"value\"\r\n bc\r\n0\r\n\r\n",
                        POST + "Connection: close\r\nContent-Length: 5\r\n\r\n\n b\n ")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        shown(request),
                                        () ->
                                                assertThat(closing(request))
                                                        .matches("(?s)HTTP/1.. 200.*read \\d")));
    }

    @Test
    void requestsComeInAnyPiecesAndOneBehindTheOther() throws IOException {
        String two =
                POST
                        + "Content-Length: 4\r\n\r\n\n b\n"
                        + POST
                        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n a\r\n0\r\n\r\n";
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < two.length(); i++) {
                write(socket, two.substring(i, i + 1));
            }
            assertThat(readAll(socket)).matches("(?s)HTTP/1.1 200.*read 4HTTP/1.1 200.*read 2");
        }
        assertThat(closing(two)).matches("(?s)HTTP/1.1 200.*read 4HTTP/1.1 200.*read 2");
    }

    @Test
    void aFoldedLineIsSeenWhereverItIsCut() throws IOException {
        String folded = "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n";
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < folded.length() - 4; i++) {
                write(socket, folded.substring(i, i + 1));
            }
            isError(readAll(socket), 400);
        }
    }

    @Test
    void aClientThatSendsNothingIsLetGo() throws IOException {
        assertThat(closing("")).isEmpty();
    }

    @Test
    void aHeadThatDoesNotEndIsGivenUp() throws IOException {
        isError(closing("GET / HTTP/1.1\r\nHost: a\r\n"), 408);
    }

    @Test
    void aClientThatSpeaksAnotherProtocolIsGivenUp() throws IOException {
        isError(closing("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u0003"), 408);
    }

    @Test
    void aHeadThatComesByteByByteIsGivenUp() throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connect()) {
            socket.setSoTimeout(200);
            write(socket, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
            String answer = "";
            while (answer.isEmpty()) {
                write(socket, "x");
                answer = readSome(socket);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(15));
            }
            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    private static String readSome(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(64), StandardCharsets.UTF_8);
        } catch (java.net.SocketTimeoutException nothingYet) {
            return "";
        }
    }

    @Test
    void aBodyThatStopsIsGivenUp() throws IOException {
        isError(closing(POST + "Content-Length: 10\r\n\r\nabc"), 408);
        isError(closing(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), 408);
    }

    @Test
    void aBodyThatGoesOnIsNot() throws IOException {
        try (Socket socket = connect()) {
            write(socket, POST + "Connection: close\r\nContent-Length: 8\r\n\r\n");
            socket.setSoTimeout(400);
            for (int i = 0; i < 8; i++) {
                assertThat(readSome(socket)).isEmpty();
                write(socket, "x");
            }
            socket.setSoTimeout(20_000);
            assertThat(readAll(socket)).endsWith("read 8");
        }
    }

    @Test
    void anAnswerMayTakeAsLongAsItTakes() throws IOException {
        assertThat(closing("GET /late HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("late");
        assertThat(closing("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("0\r\n\r\n");
    }

    @Test
    void aConnectionThatIsIdleIsClosedWithoutAWord() throws IOException {
        String answer = closing("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("read 0");
    }

    @Test
    void aRequestOnAnIdleConnectionHasItsTimeAnew() throws IOException {
        try (Socket socket = connect()) {
            write(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            String first = "";
            while (!first.endsWith("read 0")) {
                first += (char) socket.getInputStream().read();
            }
            write(socket, "GET / HTTP/1.1\r\n");
            isError(readAll(socket), 408);
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(connect());
                write(open.getLast(), "GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            String refused = closing("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            isError(refused, 503);
            assertThat(refused).contains("retry-after: ");
            for (Socket socket : open) {
                assertThat(readAll(socket)).endsWith("late");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        assertThat(closing("GET / HTTP/1.0\r\n\r\n")).endsWith("read 0");
    }

    @Test
    void aClientThatSendsMuchBehindAnInvalidHeadCanReadWhy() throws IOException {
        ByteArrayOutputStream much = new ByteArrayOutputStream();
        much.write(
                (POST + "Content-Length: 1000000\r\nContent-Length: 1\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        much.write(new byte[1_000_000]);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(much.toByteArray());
            isError(readAll(socket), 400);
        }
    }
}
