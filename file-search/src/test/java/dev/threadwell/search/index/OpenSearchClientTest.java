package dev.threadwell.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an OpenSearch is asked that cannot, or will not. */
class OpenSearchClientTest {

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private OpenSearchClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    String[] answer = answers.removeFirst().split(" ", 2);
                    byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        client =
                new OpenSearchClient(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        Optional.of(OpenSearchClient.basic("ann", "pass")));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void itIsToldWhoAsks() throws IOException {
        answers.add("200 {}");

        client.post("/x", Map.of());

        assertThat(authorizations).containsExactly("Basic YW5uOnBhc3M=");
    }

    @Test
    void itIsAskedAgainWhileItIsBusy() throws IOException {
        answers.add("429 {\"error\": {\"type\": \"es_rejected_execution_exception\"}}");
        answers.add("503 upstream connect error");
        answers.add(
                "200 {\"items\": [{\"index\": {\"status\": 429, \"error\": {\"type\": \"busy\"}}}]}");
        answers.add("200 {\"items\": [{\"index\": {\"status\": 201}}]}");

        assertThat(client.postTogether("/_bulk", new byte[0]).path("items")).hasSize(1);
        assertThat(authorizations).hasSize(4);
    }

    @Test
    void oneDocumentThatIsRefusedIsAFailureThatDoesNotQuoteIt() {
        answers.add(
                """
                200 {"items": [{"index": {"status": 201}}, {"index": {"status": 400, "error":
                    {"type": "mapper_parsing_exception", "reason": "Preview: 'my diary'"}}}]}""");

        assertThatThrownBy(() -> client.postTogether("/_bulk", new byte[0]))
                .isInstanceOf(OpenSearchClient.Refused.class)
                .hasMessage(
                        "OpenSearch refused path=/_bulk status=400 kind=mapper_parsing_exception");
    }

    @Test
    void onePartOfAQuestionThatIsRefusedIsAFailure() {
        answers.add(
                """
                200 {"responses": [{"hits": {}}, {"status": 400, "error":
                    {"type": "outer", "root_cause": [{"type": "inner"}]}}]}""");

        assertThatThrownBy(() -> client.askTogether("/_msearch", new byte[0]))
                .hasMessage("OpenSearch refused path=/_msearch status=400 kind=inner");
    }
}
