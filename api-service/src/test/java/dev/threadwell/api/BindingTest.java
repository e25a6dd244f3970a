package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.tool.ToolSecret;
import dev.threadwell.persistence.tool.ToolSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that are bound, and MCP servers: who sees what, and what stays. */
@QuarkusTest
class BindingTest {

    private static final String PROJECT = "proj_default";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String FUNCTION =
            "\"type\":\"function\",\"function\":{\"name\":\"tides\"}";
    private static final String BOUND =
            """
            {%s,"threadwell":{"http":{"url":"https://tides.test/call","secret":"%s",
             "headers":{"x-key":"quay"}},"timeout_seconds":5,"repeatable":false}}"""
                    .formatted(FUNCTION, SECRET);
    private static final String MCP =
            """
            {"type":"mcp","server_label":"harbour","server_url":"https://mcp.test/mcp",
             "allowed_tools":["list_ships"],"authorization":"tok-1"}""";

    @TestHTTPResource("/")
    URI base;

    @Inject AssistantStore assistants;
    @Inject ToolSecrets secrets;

    private Api api;
    private Api knowing;

    @BeforeEach
    void open() {
        api = Api.at(base);
        knowing = api.with("Threadwell-Extensions", "true");
    }

    private String assistant(String... tools) {
        return "/v1/assistants/"
                + api.post(
                                "/v1/assistants",
                                "{\"model\":\"m\",\"tools\":[%s]}"
                                        .formatted(String.join(",", tools)))
                        .id();
    }

    private List<Tool> stored(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        Assistant found = assistants.find(PROJECT, id).await().atMost(Duration.ofSeconds(60));
        return found.tools();
    }

    private Binding binding(String path) {
        return ((Tool.Function) stored(path).getFirst()).threadwell();
    }

    private ToolSecret secret(String id) {
        return secrets.find(PROJECT, id).await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void aBindingIsNotShownToClientsOfTheOriginal() {
        String path = assistant(BOUND);
        assertThat(api.get(path).json().path("tools").toString())
                .isEqualTo(
                        api.get(assistant("{" + FUNCTION + "}")).json().path("tools").toString());
        assertThat(api.get("/v1/assistants?limit=1").body()).doesNotContain("threadwell");
    }

    @Test
    void aBindingIsShownToWhoeverAsksForIt() {
        JsonNode shown = knowing.get(assistant(BOUND)).json().at("/tools/0/threadwell");
        assertThat(shown.toString())
                .isEqualTo(
                        "{\"http\":{\"url\":\"https://tides.test/call\"},\"timeout_seconds\":5,"
                                + "\"repeatable\":false}");
    }

    @Test
    void secretsAreKeptApartAndNeverShown() {
        String path = assistant(BOUND, MCP);
        assertThat(api.get(path).body() + knowing.get(path).body())
                .doesNotContain(SECRET, "quay", "tok-1", "secret");
        assertThat(stored(path).toString()).doesNotContain(SECRET, "quay", "tok-1");
        assertThat(secret(binding(path).secretId()).signing()).isEqualTo(SECRET);
        assertThat(secret(binding(path).secretId()).headers()).containsEntry("x-key", "quay");
        Tool.Mcp mcp = (Tool.Mcp) stored(path).get(1);
        assertThat(secret(mcp.secretId()).headers()).containsEntry("authorization", "Bearer tok-1");
    }

    @Test
    void aSecretIsNotFoundByAnotherProject() {
        String id = binding(assistant(BOUND)).secretId();
        assertThat(secrets.find("proj_other", id).await().atMost(Duration.ofSeconds(60)).nothing())
                .isTrue();
    }

    @Test
    void toolsThatComeBackWithoutTheirBindingKeepIt() {
        String path = assistant(BOUND, MCP);
        List<Tool> before = stored(path);
        api.post(path, "{\"tools\":" + api.get(path).json().path("tools") + "}").id();
        assertThat(stored(path)).isEqualTo(before);
    }

    @Test
    void aClientThatKnowsBindingsKeepsTheSecretsToo() {
        String path = assistant(BOUND, MCP);
        List<Tool> before = stored(path);
        knowing.post(path, "{\"tools\":" + knowing.get(path).json().path("tools") + "}").id();
        assertThat(stored(path)).isEqualTo(before);
    }

    @Test
    void aClientThatKnowsBindingsTakesThemAway() {
        String path = assistant(BOUND);
        knowing.post(path, "{\"tools\":[{" + FUNCTION + "}]}").id();
        assertThat(binding(path)).isNull();
    }

    @Test
    void nullTakesABindingAway() {
        String path = assistant(BOUND);
        api.post(path, "{\"tools\":[{" + FUNCTION + ",\"threadwell\":null}]}").id();
        assertThat(binding(path)).isNull();
    }

    @Test
    void aSecretDoesNotFollowToAnotherUrl() {
        String path = assistant(BOUND, MCP);
        api.post(
                        path,
                        "{\"tools\":[%s,%s]}"
                                .formatted(
                                        "{"
                                                + FUNCTION
                                                + ",\"threadwell\":{\"http\":{\"url\":\"https://evil.test/\"}}}",
                                        MCP.replace("mcp.test", "evil.test")
                                                .replace(",\"authorization\":\"tok-1\"", "")))
                .id();
        assertThat(binding(path).secretId()).isNull();
        assertThat(((Tool.Mcp) stored(path).get(1)).secretId()).isNull();
    }

    @Test
    void aRunHasTheBindingsOfItsAssistantAndShowsThemToNobody() {
        String id = assistant(BOUND).substring("/v1/assistants/".length());
        String thread = api.thread();
        JsonNode run =
                api.post(
                                "/v1/threads/" + thread + "/runs",
                                "{\"assistant_id\":\"%s\",\"tools\":[{%s}]}"
                                        .formatted(id, FUNCTION))
                        .json();
        assertThat(run.path("tools").toString()).doesNotContain("threadwell");
        assertThat(
                        knowing.get("/v1/threads/" + thread + "/runs/" + run.path("id").asText())
                                .json()
                                .at("/tools/0/threadwell/http/url")
                                .asText())
                .isEqualTo("https://tides.test/call");
    }

    @Test
    void aStreamShowsNoBinding() {
        String id = assistant(BOUND).substring("/v1/assistants/".length());
        try (EventReader events =
                api.stream(
                        "POST",
                        "/v1/threads/" + api.thread() + "/runs",
                        "{\"assistant_id\":\"%s\",\"stream\":true}".formatted(id))) {
            assertThat(events.next().data()).contains("tides").doesNotContain("threadwell");
        }
    }

    @Test
    void aTopicThatThereIsIsTaken() {
        String path = assistant("{" + FUNCTION + ",\"threadwell\":{\"topic\":\"weather\"}}");
        assertThat(binding(path).topic()).isEqualTo("weather");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | Missing required parameter: 'tools[0].threadwell.http'. |"
                        + " tools[0].threadwell.http | missing_required_parameter",
                "{\"http\":{}} | Missing required parameter: 'tools[0].threadwell.http.url'. |"
                        + " tools[0].threadwell.http.url | missing_required_parameter",
                "{\"http\":{\"url\":\"ftp://a.test\"}} | Invalid 'tools[0].threadwell.http.url'."
                        + " Expected a valid URL, but got a value with an invalid format. |"
                        + " tools[0].threadwell.http.url | invalid_value",
                "{\"http\":{\"url\":\"https://u:p@a.test\"}} | Invalid"
                        + " 'tools[0].threadwell.http.url'. Expected a valid URL, but got a value"
                        + " with an invalid format. | tools[0].threadwell.http.url | invalid_value",
                "{\"topic\":\"run.requested\"} | Invalid value: 'run.requested'. Supported values"
                        + " are: 'weather' and 'tides'. | tools[0].threadwell.topic | invalid_value",
                "{\"topic\":\"weather\",\"retries\":1} | Unknown parameter:"
                        + " 'tools[0].threadwell.retries'. | tools[0].threadwell.retries |"
                        + " unknown_parameter",
                "{\"topic\":\"weather\",\"timeout_seconds\":0} | Invalid"
                        + " 'tools[0].threadwell.timeout_seconds': integer below minimum value."
                        + " Expected a value >= 1, but got 0 instead. |"
                        + " tools[0].threadwell.timeout_seconds | integer_below_min_value",
                "{\"http\":{\"url\":\"https://a.test\",\"headers\":{\"host\":\"b\"}}} | Unknown"
                        + " parameter: 'tools[0].threadwell.http.headers.host'. |"
                        + " tools[0].threadwell.http.headers.host | unknown_parameter"
            })
    void whatIsWrongWithABindingIsSaid(String binding, String message, String param, String code) {
        api.post(
                        "/v1/assistants",
                        "{\"model\":\"m\",\"tools\":[{%s,\"threadwell\":%s}]}"
                                .formatted(FUNCTION, binding))
                .isError(400, message, param, code);
    }

    @Test
    void twoServersCannotHaveOneLabel() {
        api.post("/v1/assistants", "{\"model\":\"m\",\"tools\":[%s,%s]}".formatted(MCP, MCP))
                .isError(
                        400,
                        "Invalid 'tools[1].server_label': 'harbour' is used more than once.",
                        "tools[1].server_label",
                        "invalid_value");
    }

    @Test
    void anUnknownTypeIsAnsweredInTheWordsOfTheOriginal() {
        assertThat(
                        api.post("/v1/assistants", "{\"model\":\"m\",\"tools\":[{\"type\":\"x\"}]}")
                                .body())
                .contains("'code_interpreter', 'function', and 'file_search'");
    }
}
