package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients really send that broke other services: all of it is from reports of their users. */
@QuarkusTest
class UncommonInputTest {

    private static final String NOT_JSON =
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't"
                    + " using your HTTP library correctly. The OpenAI API expects a JSON payload,"
                    + " but what was sent was not valid JSON. If you have trouble figuring out how"
                    + " to fix this, please contact us through our help center at"
                    + " help.openai.com.)";
    private static final String CHUNKING =
            """
            {"type":"static","static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":20}}""";

    @TestHTTPResource("/")
    URI base;

    @Inject TestReader reader;

    private Api api;
    private Stores stores;

    @BeforeEach
    void open() {
        api = Api.at(base);
        stores = new Stores(api);
    }

    private JsonNode function(String function) {
        return api.post(
                        "/v1/assistants",
                        "{\"model\":\"gpt-4o\",\"tools\":[{\"type\":\"function\",\"function\":%s}]}"
                                .formatted(function))
                .json();
    }

    @Test
    void anAttachmentNeedsWordsBesideIt() {
        String message =
                """
                {"role":"user"%s,"attachments":[
                  {"file_id":"%s","tools":[{"type":"file_search"}]}]}""";
        String messages = "/v1/threads/" + api.thread() + "/messages";
        String file = stores.file("a.txt");

        api.post(messages, message.formatted(",\"content\":\"\"", file))
                .isError(
                        400,
                        "Invalid 'content': empty string. Expected a string with minimum length 1,"
                                + " but got an empty string instead.",
                        "content",
                        "empty_string");
        api.post(messages, message.formatted("", file))
                .isError(
                        400,
                        "Missing required parameter: 'content'.",
                        "content",
                        "missing_required_parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":\"cut \\ud83d\"}",
                "{\"role\":\"user\",\"content\":\"\\ude00 cut\"}",
                "{\"role\":\"user\",\"content\":\"turned \\ude00\\ud83d\"}",
                "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"\\ud83d\":\"x\"}}",
                "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"x\":\"\\ud83d\"}}"
            })
    void halfACharacterIsNoJson(String message) {
        api.post("/v1/threads/" + api.thread() + "/messages", message)
                .isError(400, NOT_JSON, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"f\"}", "{\"name\":\"f\",\"parameters\":null}"})
    void aFunctionMayHaveNoParameters(String function) {
        assertThat(function(function).at("/tools/0/function/parameters").toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                """
                {"$defs":{"node":{"type":"object","properties":{"z":{"$ref":"#/$defs/node"}}}},"$ref":"#/$defs/node"}""",
                """
                {"type":"object","properties":{"zebra":{"type":"string","description":"größe 文件 🦓"},"ant":{}}}""",
                """
                {"maximum":9007199254740993123,"multipleOf":0.10000000000000001,"minimum":-0.5}""",
                """
                {"type":["object","null"],"enum":[null,true,1,"1",[],{}],"x-own":{"a":[[[]]]}}"""
            })
    void aSchemaComesBackAsItWasSent(String schema) {
        var made = function("{\"name\":\"f\",\"parameters\":" + schema + "}");
        assertThat(made.at("/tools/0/function/parameters").toString()).isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "größe", "a.b", "a/b", "f()"})
    void aFunctionsNameIsOfLettersDigitsAndLines(String name) {
        assertThat(function("{\"name\":\"" + name + "\"}").at("/error/message").asText())
                .isEqualTo(
                        "Invalid 'tools[0].function.name': string does not match pattern. Expected"
                                + " a string that matches the pattern '^[a-zA-Z0-9_-]+$'.");
    }

    @Test
    void everyNullIsAsIfItWereLeftOut() {
        String nulls =
                """
                {"model":"gpt-4o","name":null,"description":null,"instructions":null,"tools":null,
                 "tool_resources":null,"metadata":null,"temperature":null,"top_p":null,
                 "response_format":null,"reasoning_effort":null}""";
        String thread = "{\"messages\":null,\"tool_resources\":null,\"metadata\":null}";

        assertThat(api.post("/v1/assistants", nulls).settled())
                .isEqualTo(api.post("/v1/assistants", "{\"model\":\"gpt-4o\"}").settled());
        assertThat(api.post("/v1/threads", thread).settled())
                .isEqualTo(api.post("/v1/threads", "{}").settled());
    }

    @Test
    void aThreadTakesAHundredAndFiftyMessagesInTheirOrder() {
        List<String> said = IntStream.range(0, 150).mapToObj(Integer::toString).toList();
        String messages =
                said.stream()
                        .map("{\"role\":\"user\",\"content\":\"%s\"}"::formatted)
                        .collect(Collectors.joining(","));
        String thread = api.post("/v1/threads", "{\"messages\":[" + messages + "]}").id();

        String path = "/v1/threads/" + thread + "/messages?order=asc&limit=100";
        JsonNode first = api.get(path).json();
        JsonNode second = api.get(path + "&after=" + first.path("last_id").asText()).json();

        List<String> seen = new ArrayList<>(first.findValuesAsText("value"));
        seen.addAll(second.findValuesAsText("value"));
        assertThat(seen).isEqualTo(said);
        assertThat(second.path("has_more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"👨\u200d👩\u200d👧.txt", "\u202eabc\u202c.txt", "عربي.txt", "e\u0301.txt"})
    void aFileKeepsItsName(String name) {
        var file = api.form("/v1/files", Multipart.of("assistants", name, "x")).json();
        assertThat(file.path("filename").asText()).isEqualTo(name);
    }

    @Test
    void aStoresFilesAreCutAsTheStoreOrTheBatchSays() {
        String first = stores.file("a.txt");
        String second = stores.file("b.txt");
        String third = stores.file("c.txt");
        String store =
                api.post(
                                "/v1/vector_stores",
                                "{\"file_ids\":[\"%s\"],\"chunking_strategy\":%s}"
                                        .formatted(first, CHUNKING))
                        .id();
        String files = "/v1/vector_stores/" + store + "/files";
        api.post(
                        "/v1/vector_stores/" + store + "/file_batches",
                        "{\"file_ids\":[\"%s\"],\"chunking_strategy\":%s,\"attributes\":{\"n\":1}}"
                                .formatted(second, CHUNKING))
                .id();
        api.post(
                        files,
                        "{\"file_id\":\"%s\",\"chunking_strategy\":null,\"attributes\":null}"
                                .formatted(third))
                .id();

        JsonNode ofBatch = api.get(files + "/" + second).json();
        JsonNode ofNull = api.get(files + "/" + third).json();
        assertThat(api.get(files + "/" + first).json().path("chunking_strategy").toString())
                .isEqualTo(CHUNKING);
        assertThat(ofBatch.path("chunking_strategy").toString()).isEqualTo(CHUNKING);
        assertThat(ofBatch.path("attributes").toString()).isEqualTo("{\"n\":1}");
        assertThat(ofNull.at("/chunking_strategy/static/max_chunk_size_tokens").asInt())
                .isEqualTo(800);
        assertThat(ofNull.path("attributes").toString()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE files --",
                "\\\"",
                "\\\"unclosed",
                "tide AND (noon",
                "!(a|b)&c:*",
                "*",
                "%_",
                "\\\\",
                "NOT",
                "a:b <-> c",
                "\\u0000"
            })
    void aQuestionIsNoQueryLanguage(String question) {
        String file = stores.file("a.txt");
        String store = stores.store(file);
        reader.reads("proj_default", store, file, "Low tide is at noon.");

        var found = search(store, "{\"query\":\"" + question + "\"}");

        assertThat(found.status()).as(found.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a'b", "\\\"", "a.b", "$where", "ключ", "a b", "--", "{}", "a,b"})
    void aFilterMayHaveAnyKey(String key) {
        String file = stores.file("a.txt");
        String store = stores.store(file);
        reader.reads("proj_default", store, file, "Low tide is at noon.");
        String filter =
                "{\"query\":\"tide\",\"filters\":{\"type\":\"eq\",\"key\":\"%s\",\"value\":\"'\"}}";

        var found = search(store, filter.formatted(key));

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().path("data")).isEmpty();
    }

    @Test
    void aQuestionHasAtMost4096Characters() {
        String store = stores.store();
        String filled = "{\"query\":\"%s\"}";
        assertThat(search(store, filled.formatted("x".repeat(4_096))).status()).isEqualTo(200);
        search(store, filled.formatted("x".repeat(4_097)))
                .isError(
                        400,
                        "Invalid 'query': string too long. Expected a string with maximum length"
                                + " 4096, but got a string with length 4097 instead.",
                        "query",
                        "string_above_max_length");
    }

    private Api.Answer search(String store, String body) {
        return api.post("/v1/vector_stores/" + store + "/search", body);
    }

    /** The HTTP client of the JDK asks for HTTP/2 with its first request, whatever that carries. */
    @Test
    void aRequestThatAsksForHttp2KeepsItsBody() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        var answer = send(HttpClient.Version.HTTP_2, BodyPublishers.ofString(body), false);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(firstText(answer)).isEqualTo("Hello");
    }

    @Test
    void aBodyMayWaitToBeAskedForAndComeInChunksBehindAByteOrderMark() throws Exception {
        byte[] body =
                "\ufeff{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));
        var answer = send(HttpClient.Version.HTTP_1_1, chunked, true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(firstText(answer)).isEqualTo("Hello");
    }

    private String firstText(HttpResponse<String> thread) {
        String id = Json.read(thread.body(), JsonNode.class).path("id").asText();
        return api.get("/v1/threads/" + id + "/messages")
                .json()
                .at("/data/0/content/0/text/value")
                .asText();
    }

    private HttpResponse<String> send(
            HttpClient.Version version, BodyPublisher body, boolean expectContinue)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().version(version).build()) {
            return http.send(
                    HttpRequest.newBuilder(base.resolve("/v1/threads"))
                            .header("Authorization", "Bearer " + Api.KEY)
                            .header("OpenAI-Beta", "assistants=v2")
                            .header("Content-Type", "application/json")
                            .expectContinue(expectContinue)
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
