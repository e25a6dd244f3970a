package dev.threadwell.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {

    private static final String THREAD = "event: thread.created\ndata: {\"id\":\"thread_1\"}\n\n";
    private static final String DELTA =
            "event: thread.message.delta\n"
                    + "data: {\"delta\":{\"content\":[{\"text\":{\"value\":\"Yes.\"}}]}}\n\n";
    private static final String COMPLETED =
            "event: thread.run.completed\ndata: {\"id\":\"run_1\",\"status\":\"completed\"}\n\n";
    private static final String DONE = "event: done\ndata: [DONE]\n\n";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String stream = THREAD + DELTA + COMPLETED + DONE;
    private volatile int assistantStatus = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRunThatIsStreamedToItsEndPasses() throws Exception {
        var seen = check().run();

        assertThat(seen).isEqualTo(new InstallationCheck.Seen("run_1", 1, "Yes."));
    }

    @Test
    void whatTheCheckHasMadeIsDeleted() throws Exception {
        check().run();

        assertThat(requests)
                .contains("DELETE /v1/threads/thread_1 key", "DELETE /v1/assistants/asst_1 key");
    }

    @Test
    void aStreamThatBreaksOffFailsAndLeavesNothing() {
        stream = THREAD + DELTA;

        assertThatThrownBy(() -> check().run()).hasMessageContaining("without the end of its run");

        assertThat(requests)
                .contains("DELETE /v1/threads/thread_1 key", "DELETE /v1/assistants/asst_1 key");
    }

    @Test
    void aStreamWithoutItsLastEventFails() {
        stream = THREAD + DELTA + COMPLETED;

        assertThatThrownBy(() -> check().run()).hasMessageContaining("before its last event");
    }

    @Test
    void aRunThatFailsIsNamedWithItsError() {
        stream =
                THREAD
                        + "event: thread.run.failed\n"
                        + "data: {\"id\":\"run_1\",\"status\":\"failed\",\"last_error\":{\"code\":\"server_error\"}}\n\n"
                        + DONE;

        assertThatThrownBy(() -> check().run())
                .hasMessageContaining("the run is failed")
                .hasMessageContaining("server_error");
    }

    @Test
    void aRunWithoutAnAnswerFails() {
        stream = THREAD + COMPLETED + DONE;

        assertThatThrownBy(() -> check().run()).hasMessageContaining("without an answer");
    }

    @Test
    void aRefusedKeyIsSaidAtOnce() {
        assistantStatus = 401;

        assertThatThrownBy(() -> check().run()).hasMessageContaining("refused: 401");

        assertThat(requests).hasSize(1);
    }

    private InstallationCheck check() {
        return new InstallationCheck(
                "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()), "key", "m");
    }

    private void answer(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        String key = http.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        requests.add(http.getRequestMethod() + " " + path + " " + key);
        boolean assistant = path.equals("/v1/assistants");
        byte[] body =
                (path.equals("/v1/threads/runs") ? stream : "{\"id\":\"asst_1\"}").getBytes(UTF_8);
        http.sendResponseHeaders(assistant ? assistantStatus : 200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }
}
