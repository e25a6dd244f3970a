package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One API node with the heap that it is given by default, and what others send to hurt it. */
@OnInstallation
class HostileRequestFlowTest {

    private static final int STREAMS = 50;
    private static final int STREAMS_ELSEWHERE = 5;
    private static final int AT_ONCE = 10;
    private static final int BYTES = 32 * 1024 * 1024 - 64;
    private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

    private final Installation installation;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HostileRequestFlowTest(Installation installation) {
        this.installation = installation;
    }

    @BeforeEach
    void giveTheNodeItsHeap() {
        restart(Map.of("_JAVA_OPTIONS", "-Xmx256m"));
    }

    @AfterEach
    void heal() {
        http.close();
        restart(Map.of());
        installation.heals();
    }

    private void restart(Map<String, String> settings) {
        if (installation.apiService(0).isAlive()) {
            installation.apiService(0).stops();
        }
        installation.apiService(0).uses(settings);
        installation.apiService(0).launches().awaitsReady();
    }

    @Test
    void largeBodiesOfAnyShapeStopNobodysStream() {
        List<ClientRun> runs = streams(installation.client(), STREAMS);
        // What the machine itself delays is seen at the streams of a node that is left alone.
        List<ClientRun> elsewhere = streams(new Client(installation.node(1)), STREAMS_ELSEWHERE);

        for (String shape :
                List.of(
                        "[],",
                        "{},",
                        "{\"k\":{}},",
                        "1,",
                        "1e999999999,",
                        "\"\",",
                        "\"\\u0041\",")) {
            allAreRefused(repeated("[", shape, "0]"));
        }
        allAreRefused(repeated("\"", "x", "\""));
        allAreRefused(repeated("", "9", ""));
        allAreRefused(repeated("{\"", "k", "\":1}"));
        allAreRefused(keys());
        allAreRefused(repeated("", "[", ""));

        for (ClientRun run : runs) {
            run.stream().toItsEnd();
            run.streamedWhatIsStored();
        }
        assertThat(longestGap(runs)).isLessThan(longestGap(elsewhere).plus(LONGEST_GAP));
        assertThat(installation.apiService(0).isAlive()).isTrue();
    }

    @Test
    void whatIsNoRequestIsAnsweredByTheApiAndNotByItsFramework() throws IOException {
        Map<String, String> answers =
                Map.of(
                        "GET /v1/assistants HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                        "400",
                        "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                        "414",
                        "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n",
                        "431",
                        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                        "505",
                        "POST /v1/threads HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400");
        for (Map.Entry<String, String> one : answers.entrySet()) {
            URI node = URI.create(installation.node(0).base());
            try (Socket socket = new Socket(node.getHost(), node.getPort())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(one.getKey().getBytes(StandardCharsets.UTF_8));
                String answer =
                        new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 " + one.getValue())
                        .contains("\"type\": \"invalid_request_error\"");
            }
        }
    }

    private static List<ClientRun> streams(Client client, int count) {
        List<ClientRun> runs =
                Installation.times(
                        count, n -> client.streams(simulate("{'tokens':900,'gap_ms':100}")));
        runs.forEach(run -> run.stream().awaitsDeltas(2));
        return runs;
    }

    private static Duration longestGap(List<ClientRun> runs) {
        return runs.stream()
                .peek(run -> run.stream().toItsEnd())
                .map(run -> run.stream().longestGap())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** An assistant whose function has parameters of this shape, as large as a body may be. */
    private static byte[] repeated(String begin, String item, String end) {
        byte[] head = head(begin);
        byte[] tail = (end + "}}}]}").getBytes(StandardCharsets.UTF_8);
        byte[] piece = item.getBytes(StandardCharsets.UTF_8);
        int count = (BYTES - head.length - tail.length) / piece.length;
        byte[] body = new byte[head.length + count * piece.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        for (int i = 0; i < count; i++) {
            System.arraycopy(piece, 0, body, head.length + i * piece.length, piece.length);
        }
        System.arraycopy(tail, 0, body, body.length - tail.length, tail.length);
        return body;
    }

    private static byte[] keys() {
        StringBuilder body = new StringBuilder(new String(head("{"), StandardCharsets.UTF_8));
        for (int i = 0; body.length() < BYTES - 64; i++) {
            body.append('"').append(i).append("\":1,");
        }
        return body.append("\"last\":1}}}}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] head(String begin) {
        return ("{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"a\":"
                        + begin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void allAreRefused(byte[] body) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                Installation.times(
                        AT_ONCE, n -> http.sendAsync(request(body), BodyHandlers.ofString()));
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> refused = answer.join();
            assertThat(refused.statusCode()).as(refused.body()).isIn(400, 413, 503);
            assertThat(Json.read(refused.body()).at("/error/message").asText()).isNotEmpty();
            if (refused.statusCode() == 503) {
                assertThat(refused.headers().firstValue("retry-after")).isPresent();
            }
        }
        assertThat(answers.stream().map(answer -> answer.join().statusCode())).contains(400);
        installation.node(0).get("/v1/assistants?limit=1").ok();
    }

    private HttpRequest request(byte[] body) {
        Http node = installation.node(0);
        return HttpRequest.newBuilder(URI.create(node.base() + "/v1/assistants"))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + node.key())
                .header("OpenAI-Beta", "assistants=v2")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}
