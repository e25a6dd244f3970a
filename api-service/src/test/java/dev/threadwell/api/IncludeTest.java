package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What file search found is shown with its content to those who ask for it. */
@QuarkusTest
class IncludeTest {

    private static final String CONTENT =
            "step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;
    private String steps;
    private String step;

    @BeforeEach
    void aRunThatHasSearched() {
        api = Api.at(base);
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        worker.finds(worker.claims(run), "It is blue.");
        steps = "/v1/threads/" + thread + "/runs/" + run + "/steps";
        step = steps + "/" + api.get(steps).json().at("/data/0/id").asText();
    }

    private static JsonNode result(JsonNode step) {
        return step.at("/step_details/tool_calls/0/file_search/results/0");
    }

    @Test
    void withoutAskingThereIsNoContent() {
        for (JsonNode shown : new JsonNode[] {list(""), api.get(step).json()}) {
            assertThat(result(shown).path("file_name").asText()).isEqualTo("sky.txt");
            assertThat(result(shown).has("content")).isFalse();
        }
    }

    private JsonNode list(String query) {
        return api.get(steps + query).json().path("data").get(0);
    }

    static Stream<String> waysToAsk() {
        return Stream.of(
                        "?include[]=" + CONTENT, "?include=" + CONTENT, "?include%5B%5D=" + CONTENT)
                .map(query -> query.replace("[", "%5B").replace("]", "%5D"));
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void whoAsksGetsTheContent(String query) {
        for (JsonNode shown : new JsonNode[] {list(query), api.get(step + query).json()}) {
            assertThat(result(shown).at("/content/0/text").asText()).isEqualTo("It is blue.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/step"})
    void nothingElseCanBeIncluded(String where) {
        api.get((where.isEmpty() ? steps : step) + "?include%5B%5D=" + CONTENT + "&include%5B%5D=x")
                .isError(
                        400,
                        "Invalid value: 'x'. Supported values are:"
                                + " 'step_details.tool_calls[*].file_search.results[*].content'.",
                        "include[1]",
                        "invalid_value");
    }

    @Test
    void aRunIsCreatedWithWhatItsStreamIncludes() {
        String runs = "/v1/threads/" + api.thread() + "/runs";
        String body = "{\"assistant_id\":\"" + api.assistant() + "\"}";
        api.post(runs + "?include%5B%5D=x", body)
                .isError(
                        400,
                        "Invalid value: 'x'. Supported values are:"
                                + " 'step_details.tool_calls[*].file_search.results[*].content'.",
                        "include[0]",
                        "invalid_value");
        String run = api.post(runs + "?include%5B%5D=" + CONTENT, body).id();
        assertThat(worker.claims(run).contents()).isTrue();
    }

    @Test
    void aStreamIncludesNothingUnlessItsRunWasCreatedSo() {
        String run = api.run(api.thread(), api.assistant()).id();
        assertThat(worker.claims(run).contents()).isFalse();
    }
}
