package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bodies that are small on the wire and large in memory, or large in both: each is refused. */
@QuarkusTest
class HostileBodyTest {

    private static final int BYTES = 32 * 1024 * 1024 - 1_000;
    private static final String TOO_MANY =
            "The JSON body of your request has too many values. The maximum is 100000, counting"
                    + " every object, array, string, number, boolean and null in it.";

    @TestHTTPResource("/")
    URI base;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    /** What is repeated in a list that is as large as a body may be. */
    private static final Map<String, String> ITEMS =
            Map.of(
                    "arrays", "[]",
                    "objects", "{}",
                    "objects with a key", "{\"k\":{}}",
                    "numbers", "1",
                    "fractions", "1e999999999",
                    "strings", "\"\"",
                    "escapes", "\"\\u0041\"",
                    "nulls", "null");

    private static String list(String item, int bytes) {
        return "[" + (item + ",").repeat(bytes / (item.length() + 1)) + item + "]";
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            keys.append('"').append(i).append("\":1,");
        }
        return keys.append("\"last\":1}").toString();
    }

    private static String assistant(String parameters) {
        return """
               {"model":"m","tools":[{"type":"function","function":{"name":"f","parameters":{"a":%s}}}]}"""
                .formatted(parameters);
    }

    private static void isRefused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(400, 503);
        assertThat(answer.json().at("/error/message").asText()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> valuesAreCountedWhateverTheyAre() {
        return ITEMS.entrySet().stream()
                .map(
                        item ->
                                DynamicTest.dynamicTest(
                                        item.getKey(),
                                        () ->
                                                api.post(
                                                                "/v1/assistants",
                                                                assistant(
                                                                        list(
                                                                                item.getValue(),
                                                                                BYTES / 16)))
                                                        .isError(
                                                                400,
                                                                TOO_MANY,
                                                                null,
                                                                "too_many_values")));
    }

    @TestFactory
    Stream<DynamicTest> thirtyTwoMebibytesAreRefusedWhateverTheirShape() {
        return Stream.concat(
                        ITEMS.values().stream().map(item -> list(item, BYTES)),
                        Stream.of(
                                keys(2_500_000),
                                "\"" + "x".repeat(BYTES) + "\"",
                                "\"" + "\\u00e9".repeat(BYTES / 6) + "\"",
                                "9".repeat(BYTES),
                                "{\"" + "k".repeat(BYTES) + "\":1}",
                                "[".repeat(BYTES / 2) + "]".repeat(BYTES / 2)))
                .map(
                        value ->
                                DynamicTest.dynamicTest(
                                        value.substring(0, 20),
                                        () ->
                                                isRefused(
                                                        api.post(
                                                                "/v1/assistants",
                                                                assistant(value)))));
    }

    @TestFactory
    Stream<DynamicTest> wherePeopleWriteFreelyThereIsALimitOfValues() {
        String many = list("[]", 90_000);
        return Stream.of(
                        "/v1/assistants " + assistant(many),
                        "/v1/assistants {\"model\":\"m\",\"response_format\":{\"type\":\"json_schema\","
                                + "\"json_schema\":{\"name\":\"n\",\"schema\":{\"a\":"
                                + many
                                + "}}}}",
                        "/v1/threads/runs {\"assistant_id\":\"asst_1\",\"tools\":[{\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"parameters\":{\"a\":"
                                + many
                                + "}}}]}")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        request.substring(0, 60),
                                        () -> {
                                            int space = request.indexOf(' ');
                                            Api.Answer answer =
                                                    api.post(
                                                            request.substring(0, space),
                                                            request.substring(space + 1));
                                            assertThat(answer.status()).isEqualTo(400);
                                            assertThat(answer.json().at("/error/code").asText())
                                                    .isEqualTo("too_many_values");
                                        }));
    }

    @Test
    void theOlderWireAndAzuresSpellingHaveTheSameLimits() {
        String many = assistant(list("[]", 90_000));
        String oneTooMany = assistant(list("[]", 600_000));
        String azure = "/openai/assistants?api-version=2024-05-01-preview";
        for (Api.Answer answer :
                List.of(
                        api.older().post("/v1/assistants", many),
                        api.older().post("/v1/assistants", oneTooMany),
                        api.with("api-key", Api.KEY).post(azure, many),
                        api.with("api-key", Api.KEY).post(azure, oneTooMany))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/error/code").asText()).isEqualTo("too_many_values");
        }
    }

    @Test
    void anImportedAssistantHasTheSameLimits() {
        for (int bytes : List.of(90_000, 2_100_000)) {
            JsonNode summary =
                    api.post(
                                    "/v1/threadwell/import",
                                    """
                                    {"id":"asst_hostile","object":"assistant","created_at":1,"model":"m","tools":[
                                    {"type":"function","function":{"name":"f","parameters":{"a":%s}}}]}"""
                                            .formatted(list("[]", bytes))
                                            .replace("\n", ""))
                            .json();
            assertThat(summary.path("refused").asInt()).isEqualTo(1);
            assertThat(summary.at("/problems/0/error/message").asText()).contains("too ");
        }
        assertThat(api.get("/v1/assistants/asst_hostile").status()).isEqualTo(404);
    }

    @Test
    void anImportedMessageIsNotLargerThanOneThatIsSent() {
        String text = "x".repeat(9 * 1024 * 1024);
        JsonNode summary =
                api.post(
                                "/v1/threadwell/import",
                                """
                                {"id":"msg_hostile","object":"thread.message","created_at":1,"thread_id":"thread_1",
                                "role":"user","content":[{"type":"text","text":{"value":"%s","annotations":[]}}]}"""
                                        .formatted(text)
                                        .replace("\n", ""))
                        .json();
        assertThat(summary.path("refused").asInt()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void theLargestOrdinarySchemasAreTaken() {
        String tool =
                "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                        + keys(100)
                        + "}}";
        assertThat(
                        api.post(
                                        "/v1/assistants",
                                        "{\"model\":\"m\",\"tools\":["
                                                + (tool + ",").repeat(127)
                                                + tool
                                                + "]}")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void whileLargeBodiesComeSmallRequestsAreAnswered() {
        String large = assistant(list("[]", BYTES));
        List<CompletableFuture<Api.Answer>> hostile =
                IntStream.range(0, 10)
                        .mapToObj(i -> api.sendAsync("POST", "/v1/assistants", large))
                        .toList();
        long start = System.nanoTime();
        while (hostile.stream().anyMatch(one -> !one.isDone())) {
            assertThat(api.get("/v1/assistants?limit=1").status()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(3));
        for (CompletableFuture<Api.Answer> one : hostile) {
            Api.Answer answer = one.join();
            isRefused(answer);
            if (answer.status() == 503) {
                assertThat(answer.header("retry-after")).isEqualTo("2");
            }
        }
    }

    @Test
    void anOutputOfAFunctionHasTheOriginalsLimit() {
        String path = "/v1/threads/thread_x/runs/run_x/submit_tool_outputs";
        api.post(path, outputs("\u00fc".repeat(1_048_577)))
                .isError(
                        400,
                        "Invalid 'tool_outputs[0].output': string too long. Expected a string with"
                                + " maximum length 1048576, but got a string with length 1048577"
                                + " instead.",
                        "tool_outputs[0].output",
                        "string_above_max_length");
        api.post(path, outputs("x".repeat(600_000), "y".repeat(600_000)))
                .isError(
                        400,
                        "Invalid 'tool_outputs': string too long. Expected a string with maximum"
                                + " length 1048576, but got a string with length 1200000 instead.",
                        "tool_outputs",
                        "string_above_max_length");
        assertThat(api.post(path, outputs("\ud83d\ude00".repeat(1_048_576))).status())
                .isEqualTo(404);
    }

    private static String outputs(String... outputs) {
        StringBuilder all = new StringBuilder("{\"tool_outputs\":[");
        for (String output : outputs) {
            all.append(all.charAt(all.length() - 1) == '[' ? "" : ",")
                    .append("{\"tool_call_id\":\"call_1\",\"output\":\"")
                    .append(output)
                    .append("\"}");
        }
        return all.append("]}").toString();
    }

    @Test
    void aKeyOfMetadataIsCountedInCharacters() {
        String emoji = "\ud83d\ude00";
        assertThat(api.post("/v1/threads", metadata(emoji.repeat(64))).status()).isEqualTo(200);
        api.post("/v1/threads", metadata(emoji.repeat(65)))
                .isError(
                        400,
                        "Invalid property name in 'metadata': '"
                                + emoji.repeat(65)
                                + "' is too long. Expected a string with maximum length 64, but got"
                                + " a string with length 65 instead.",
                        "metadata." + emoji.repeat(65),
                        "property_name_above_max_length");
    }

    private static String metadata(String key) {
        return "{\"metadata\":{\"" + key + "\":\"v\"}}";
    }

    @Test
    void aPageEndsWhereItBecomesTooLarge() {
        String thread = api.post("/v1/threads", "{}").id();
        String path = "/v1/threads/" + thread + "/messages";
        String part = "{\"type\":\"text\",\"text\":\"" + "x".repeat(250_000) + "\"},";
        String message =
                "{\"role\":\"user\",\"content\":["
                        + part.repeat(28)
                        + "{\"type\":\"text\",\"text\":\"y\"}]}";
        List<String> written =
                IntStream.range(0, 5).mapToObj(i -> api.post(path, message).id()).toList();

        List<String> read = new java.util.ArrayList<>();
        JsonNode page = api.get(path + "?order=asc&limit=100").json();
        assertThat(page.path("data").size()).isLessThan(5).isPositive();
        while (true) {
            page.path("data").forEach(one -> read.add(one.path("id").asText()));
            if (!page.path("has_more").asBoolean()) {
                break;
            }
            page = api.get(path + "?order=asc&limit=100&after=" + read.getLast()).json();
        }
        assertThat(read).containsExactlyElementsOf(written);
    }

    @Test
    void aMessageHasALimitOfCharactersInAll() {
        String part = "{\"type\":\"text\",\"text\":\"" + "x".repeat(256_000) + "\"},";
        Api.Answer answer =
                api.post(
                        "/v1/threads",
                        "{\"messages\":[{\"role\":\"user\",\"content\":["
                                + part.repeat(40)
                                + "{\"type\":\"text\",\"text\":\"y\"}]}]}");
        answer.isError(
                400,
                "Invalid 'messages[0].content': too long. Expected at most 8388608 characters in"
                        + " all, but got 10240493 instead.",
                "messages[0].content",
                "too_many_characters");
    }
}
