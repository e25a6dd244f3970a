package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who is let in, and that whoever is not hears it in the API's own form. */
@QuarkusTest
class DoorTest {

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    @Test
    void aKeyIsNeeded() {
        Api.Answer answer = api.without("Authorization").get("/v1/assistants");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().at("/error/message").asText())
                .startsWith("You didn't provide an API key.");
        assertThat(answer.header("x-request-id")).matches("req_[0-9a-f]{32}");
    }

    @Test
    void aWrongKeyIsShownMasked() {
        api.with("Authorization", "Bearer sk-abcdefghijklmnopqrstuvwxyz")
                .get("/v1/models")
                .isError(
                        401,
                        "Incorrect API key provided: sk-ab***yz. You can find your API key at"
                                + " https://platform.openai.com/account/api-keys.",
                        null,
                        "invalid_api_key");
    }

    @Test
    void anEmptyKeyIsWrong() {
        api.with("Authorization", "Bearer ")
                .get("/v1/models")
                .isError(
                        401,
                        "Incorrect API key provided: ''. You can find your API key at"
                                + " https://platform.openai.com/account/api-keys.",
                        null,
                        "invalid_api_key");
    }

    @TestFactory
    Stream<DynamicTest> theBetaHeaderIsNeeded() {
        return Stream.of(
                        new String[] {
                            "",
                            "You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try again by setting the header 'OpenAI-Beta: assistants=v2'."
                        },
                        new String[] {
                            "v1",
                            "Invalid beta header provided: 'v1'. The header should be in the format 'OpenAI-Beta: example_beta=v1'."
                        },
                        new String[] {
                            "vector_stores=v9", "Unknown beta requested: 'vector_stores'."
                        })
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[1],
                                        () -> {
                                            for (String path :
                                                    List.of(
                                                            "/v1/assistants",
                                                            "/v1/threads/thread_1")) {
                                                Api.at(base)
                                                        .with("OpenAI-Beta", c[0])
                                                        .get(path)
                                                        .isError(400, c[1], null, "invalid_beta");
                                            }
                                        }));
    }

    @Test
    void theBetaHeaderMayNameOthersToo() {
        assertThat(
                        api.with("OpenAI-Beta", "realtime=v1, assistants=v2")
                                .get("/v1/assistants")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void modelsNeedNoBetaHeader() {
        assertThat(api.without("OpenAI-Beta").get("/v1/models").status()).isEqualTo(200);
    }

    @Test
    void threadsCannotBeListed() {
        api.get("/v1/threads")
                .isError(
                        401,
                        "Your request to GET /v1/threads must be made with a session key (that is,"
                                + " it can only be made from the browser). You made it with the"
                                + " following key type: secret.",
                        null,
                        "missing_scope");
    }

    @TestFactory
    Stream<DynamicTest> whatIsAnotherProjectsDoesNotExist() {
        keys.ensure("proj_other", Api.OTHER_KEY).await().atMost(Duration.ofSeconds(60));
        Api mine = Api.at(base);
        String assistant = mine.assistant();
        String thread = mine.thread();
        String run = mine.run(thread, assistant).id();
        String t = "/v1/threads/" + thread;
        String r = t + "/runs/" + run;
        String message = mine.get(t + "/messages").json().at("/data/0/id").asText();
        return Stream.of(
                        "GET /v1/assistants/" + assistant,
                        "POST /v1/assistants/" + assistant,
                        "DELETE /v1/assistants/" + assistant,
                        "GET " + t,
                        "POST " + t,
                        "DELETE " + t,
                        "GET " + t + "/messages",
                        "POST " + t + "/messages {\"role\":\"user\",\"content\":\"x\"}",
                        "GET " + t + "/messages/" + message,
                        "POST " + t + "/messages/" + message,
                        "DELETE " + t + "/messages/" + message,
                        "GET " + t + "/runs",
                        "POST " + t + "/runs {\"assistant_id\":\"" + assistant + "\"}",
                        "GET " + r,
                        "POST " + r,
                        "POST " + r + "/cancel",
                        "POST " + r + "/submit_tool_outputs {\"tool_outputs\":[]}",
                        "GET " + r + "/steps",
                        "GET " + r + "/steps/step_1",
                        "GET " + r + "/events",
                        "POST /v1/threads/runs {\"assistant_id\":\"" + assistant + "\"}")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        request,
                                        () -> {
                                            String[] parts = request.split(" ", 3);
                                            Api.Answer answer =
                                                    Api.at(base)
                                                            .with(
                                                                    "Authorization",
                                                                    "Bearer " + Api.OTHER_KEY)
                                                            .send(
                                                                    parts[0],
                                                                    parts[1],
                                                                    parts.length > 2
                                                                            ? parts[2]
                                                                            : null);
                                            assertThat(answer.status())
                                                    .as(answer.body())
                                                    .isEqualTo(404);
                                            assertThat(answer.json().at("/error/message").asText())
                                                    .matches(
                                                            "No (assistant|thread) found with id '.*'\\.");
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> noAnswerIsTheFrameworks() {
        return Stream.of(
                        "POST /v1/foo",
                        "GET /nowhere",
                        "GET /",
                        "GET /v1",
                        "PUT /v1/assistants",
                        "PATCH /v1/assistants",
                        "OPTIONS /v1/assistants",
                        "OPTIONS *",
                        "TRACE /v1/assistants",
                        "DELETE /v1/threads",
                        "GET /v1/threads/thread_1/messages/msg_1/files",
                        "GET /v1/assistants/asst_%C3%28/x",
                        "GET //v1/assistants//x//y",
                        "GET /v1/%zz",
                        "POST /v1/assistants/%2",
                        "GET /v1/assistants?limit=%zz",
                        "GET /openai/%zz?api-version=preview",
                        "BREW /v1/assistants")
                .map(
                        line ->
                                DynamicTest.dynamicTest(
                                        line,
                                        () -> {
                                            String answer = raw(line + " HTTP/1.1\r\n", "");
                                            assertThat(answer).startsWith("HTTP/1.1 404");
                                            assertThat(answer)
                                                    .containsIgnoringCase("x-request-id: req_")
                                                    .contains(
                                                            "\"message\": \"Invalid URL ("
                                                                    + line.split(" ")[0]);
                                        }));
    }

    @Test
    void aPathIsKnownHoweverItIsSpelled() throws IOException {
        for (String path : List.of("//v1/assistants", "/v1/./assistants", "/v1/%61ssistants")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 200");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatClientsSayOfContentDoesNotMatter() {
        return Stream.of(
                        "Accept: application/xml\r\n",
                        "Accept: nonsense\r\n",
                        "Content-Type: text/plain\r\n",
                        "Content-Type: multipart/form-data; boundary=x\r\n",
                        "Content-Type: ;;;\r\n",
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        "")
                .map(
                        header ->
                                DynamicTest.dynamicTest(
                                        "[" + header.strip() + "]",
                                        () ->
                                                assertThat(
                                                                raw(
                                                                        "POST /v1/assistants HTTP/1.1\r\n"
                                                                                + header,
                                                                        "{\"model\":\"m\"}"))
                                                        .startsWith("HTTP/1.1 200")));
    }

    @Test
    void howDeepABodyIsNestedCostsNothing() {
        String nested = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
        assertThat(
                        api.post(
                                        "/v1/assistants",
                                        """
                                        {"model":"m","tools":[{"type":"function","function":
                                        {"name":"f","parameters":%s}}]}
                                        """
                                                .formatted(nested))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aHeadIsAGetWithoutABody() throws IOException {
        assertThat(raw("HEAD /v1/assistants HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aGetMayHaveAJsonContentTypeAndNoBody() {
        assertThat(api.with("Content-Type", "application/json").get("/v1/assistants").status())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInTheApisForm() throws IOException {
        String large = raw("POST /v1/assistants HTTP/1.1\r\n", " ".repeat(34 << 20));
        assertThat(large)
                .startsWith("HTTP/1.1 413")
                .contains("\"type\": \"invalid_request_error\"");
    }

    @Test
    void aRefusedRequestLeavesItsConnectionUsable() throws IOException {
        String refused =
                "POST /v1/assistants HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer no\r\n"
                        + "Content-Length: 13\r\n\r\n{\"model\":\"m\"}";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(60_000);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(refused.getBytes(StandardCharsets.UTF_8));
                byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 401".length());
                assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 401");
                while (socket.getInputStream().read() != '}') {
                    // the head and most of the body
                }
                assertThat(socket.getInputStream().readNBytes(2))
                        .isEqualTo("\n}".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void whoAsksBeforeSendingABodyIsToldNoAndToClose() throws IOException {
        for (String length : List.of("13", "99999999999")) {
            String key = length.equals("13") ? "no" : Api.KEY;
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoTimeout(60_000);
                String request =
                        "POST /v1/assistants HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + key
                                + "\r\nOpenAI-Beta: assistants=v2\r\nExpect: 100-continue\r\nContent-Length: "
                                + length
                                + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = "";
                while (!answer.endsWith("\n}")) {
                    answer += (char) socket.getInputStream().read();
                }
                assertThat(answer)
                        .startsWith("HTTP/1.1 4")
                        .containsIgnoringCase("connection: close")
                        .contains("\"type\": \"invalid_request_error\"");
            }
        }
    }

    /** Writes a request as it stands and reads the answer's first part. */
    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(60_000);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String request =
                    head
                            + "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                            + Api.KEY
                            + "\r\nOpenAI-Beta: assistants=v2\r\nContent-Length: "
                            + bytes.length
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // Refused before the end of the body: the answer is there to be read.
                assertThat(bytes.length).isGreaterThan(1 << 20);
            }
            byte[] answer = socket.getInputStream().readNBytes(64 << 10);
            return new String(answer, StandardCharsets.UTF_8);
        }
    }
}
