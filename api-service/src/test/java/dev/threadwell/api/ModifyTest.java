package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Null takes a value away; what is not given stays. */
@QuarkusTest
class ModifyTest {

    private static final String METADATA = "{\"metadata\":{\"a\":\"b\"}}";
    private static final String NO_METADATA = "{\"metadata\":null}";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    private String full() {
        return "/v1/assistants/"
                + api.post(
                                "/v1/assistants",
                                """
                                {"model":"m","name":"n","description":"d","instructions":"i",
                                 "reasoning_effort":"low","temperature":0.5,"top_p":0.5,
                                 "metadata":{"a":"b"},"response_format":{"type":"json_object"},
                                 "tools":[{"type":"code_interpreter"}]}""")
                        .id();
    }

    @Test
    void nullOnAnAssistantLeavesItsDefaults() {
        JsonNode after =
                api.post(
                                full(),
                                """
                                {"name":null,"description":null,"instructions":null,
                                 "reasoning_effort":null,"temperature":null,"top_p":null,
                                 "metadata":null,"response_format":null,"model":null,"tools":null}""")
                        .json();
        assertThat(after.path("name").isNull()).isTrue();
        assertThat(after.path("description").isNull()).isTrue();
        assertThat(after.path("instructions").isNull()).isTrue();
        assertThat(after.path("reasoning_effort").isNull()).isTrue();
        assertThat(after.path("temperature").asDouble()).isEqualTo(1.0);
        assertThat(after.path("top_p").asDouble()).isEqualTo(1.0);
        assertThat(after.path("metadata")).isEmpty();
        assertThat(after.path("response_format").asText()).isEqualTo("auto");
        assertThat(after.path("model").asText()).isEqualTo("m");
        assertThat(after.path("tools")).hasSize(1);
    }

    @Test
    void whatIsNotGivenStays() {
        String assistant = full();
        String before = api.get(assistant).body();
        assertThat(api.post(assistant, "{}").body()).isEqualTo(before);
    }

    @Test
    void metadataIsReplacedAsAWhole() {
        assertThat(
                        api.post(full(), "{\"metadata\":{\"c\":\"d\"}}")
                                .json()
                                .path("metadata")
                                .toString())
                .isEqualTo("{\"c\":\"d\"}");
    }

    @Test
    void nullTakesTheMetadataOfThreadsMessagesAndRunsAway() {
        String thread = "/v1/threads/" + api.thread();
        String message =
                thread
                        + "/messages/"
                        + api.get(thread + "/messages").json().at("/data/0/id").asText();
        String run = api.run(thread.substring(12), api.assistant()).id();
        worker.completes(worker.claims(run), "done");
        for (String path : new String[] {thread, message, thread + "/runs/" + run}) {
            assertThat(api.post(path, METADATA).json().path("metadata")).hasSize(1);
            assertThat(api.post(path, "{}").json().path("metadata")).hasSize(1);
            assertThat(api.post(path, NO_METADATA).json().path("metadata")).isEmpty();
        }
    }
}
