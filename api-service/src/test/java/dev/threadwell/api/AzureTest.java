package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.EventReader.Event;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Azure's spelling of the API. */
@QuarkusTest
class AzureTest {

    private static final String VERSION = "api-version=2024-05-01-preview";
    private static final String NOT_FOUND =
            """
            {
              "error": {
                "code": "404",
                "message": "Resource not found"
              }
            }""";
    private static final String DENIED =
            """
            {
              "error": {
                "code": "401",
                "message": "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."
              }
            }""";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api azure;

    @BeforeEach
    void open() {
        azure =
                Api.at(base)
                        .without("Authorization")
                        .without("OpenAI-Beta")
                        .with("api-key", Api.KEY);
    }

    private static void is(Api.Answer answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-request-id")).matches("req_[0-9a-f]{32}");
    }

    private String assistant() {
        return azure.post("/openai/assistants?" + VERSION, "{\"model\":\"gpt-4o\"}").id();
    }

    @Test
    void whatIsMadeInOneSpellingIsThereInTheOther() {
        String id = assistant();
        assertThat(azure.get("/openai/assistants/" + id + "?" + VERSION).body())
                .isEqualTo(Api.at(base).get("/v1/assistants/" + id).body());
    }

    @Test
    void theQueryOfAListIsHeard() {
        String first = assistant();
        String second = assistant();
        Api.Answer page = azure.get("/openai/assistants?limit=1&after=" + second + "&" + VERSION);
        assertThat(page.json().at("/data/0/id").asText()).isEqualTo(first);
        assertThat(page.json().path("data")).hasSize(1);
        assertThat(page.header("openai-project")).isEqualTo("proj_default");
    }

    @Test
    void aBearerTokenIsAKeyToo() {
        Api bearer = Api.at(base).without("OpenAI-Beta");
        assertThat(bearer.get("/openai/assistants?" + VERSION).status()).isEqualTo(200);
    }

    @Test
    void theNewerSpellingNeedsNoVersion() {
        assertThat(azure.get("/openai/v1/assistants").status()).isEqualTo(200);
        assertThat(azure.get("/openai/v1/assistants?api-version=preview").status()).isEqualTo(200);
    }

    /** Azure's own client for Java leaves it out there. */
    @Test
    void theContentOfAFileNeedsNoVersion() {
        String file =
                azure.form("/openai/files?" + VERSION, Multipart.of("vision", "a.txt", "Ships"))
                        .id();
        assertThat(azure.get("/openai/files/" + file + "/content").body()).isEqualTo("Ships");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-05-01-preview",
                "2024-07-01-preview",
                "2024-10-21",
                "2025-04-01-preview",
                "preview",
                "latest"
            })
    void aVersionSinceMay2024IsV2(String version) {
        assertThat(azure.get("/openai/assistants?api-version=" + version).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-15-preview", "2024-04-30"})
    void aVersionBeforeMay2024IsV1(String version) {
        Api.Answer ofV1 =
                Api.at(base).with("OpenAI-Beta", "assistants=v1").get("/v1/assistants?limit=1");
        Api.Answer answer = azure.get("/openai/assistants?limit=1&api-version=" + version);
        assertThat(answer.body()).isEqualTo(ofV1.body());
        assertThat(answer.status()).isEqualTo(ofV1.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/assistants",
                "/openai/assistants?api-version=",
                "/openai/files/file-1",
                "/openai/files/file-1/content?api-version=yesterday",
                "/openai/assistants?api-version=yesterday",
                "/openai/assistants?api-version=2024-05-01-preview-2",
                "/openai",
                "/openai/",
                "/openai/v1",
                "/openai/foo?" + VERSION,
                "/openai/v1/foo"
            })
    void whatIsNotThereIsSaidInAzuresForm(String path) {
        is(azure.get(path), 404, NOT_FOUND);
    }

    @Test
    void whatNoMethodDoesIsSaidInAzuresForm() {
        is(azure.send("PATCH", "/openai/assistants?" + VERSION, "{}"), 404, NOT_FOUND);
    }

    @Test
    void aKeyIsNeeded() {
        is(azure.without("api-key").get("/openai/assistants?" + VERSION), 401, DENIED);
    }

    @Test
    void aWrongKeyIsRefusedInAzuresForm() {
        is(azure.with("api-key", "sk-wrong").get("/openai/assistants?" + VERSION), 401, DENIED);
    }

    @Test
    void otherErrorsAreTheApisOwn() {
        azure.get("/openai/assistants/asst_nobody?" + VERSION)
                .isError(404, "No assistant found with id 'asst_nobody'.", null, null);
        azure.get("/openai/files/file-nobody?" + VERSION)
                .isFileError(404, "No such File object: file-nobody", "id");
    }

    @Test
    void aFileIsTakenIn() {
        Api.Answer file =
                azure.form(
                        "/openai/files?" + VERSION, Multipart.of("assistants", "a.txt", "Ships"));
        assertThat(file.json().path("bytes").asInt()).isEqualTo(5);
    }

    @Test
    void aRunIsStreamed() {
        String body =
                """
                {"stream":true,"assistant_id":"%s","thread":{"messages":[
                  {"role":"user","content":"Hello"}]}}"""
                        .formatted(assistant());
        try (EventReader events = azure.stream("POST", "/openai/threads/runs?" + VERSION, body)) {
            assertThat(events.next(3))
                    .extracting(Event::name)
                    .containsExactly("thread.created", "thread.run.created", "thread.run.queued");
        }
    }

    @Test
    void aRepeatedRequestIsKnown() {
        Api keyed = azure.with("Idempotency-Key", "azure-" + System.nanoTime());
        assertThat(keyed.post("/openai/threads?" + VERSION, "{}").id())
                .isEqualTo(keyed.post("/openai/threads?" + VERSION, "{}").id());
    }
}
