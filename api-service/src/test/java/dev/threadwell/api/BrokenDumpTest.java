package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.run.Ids;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Objects with something in them replaced or taken away, wherever that is: each is refused or comes
 * in, and what came in can be shown. A test's name has its seed, as in {@link RoundTripTest}.
 */
@QuarkusTest
@TestProfile(ThreadListTest.Listed.class)
class BrokenDumpTest {

    private static final int OBJECTS = 400;

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "7",
                    "-1",
                    "1.5",
                    "1e400",
                    "99999999999999999999",
                    "\"x\"",
                    "\"\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[]]",
                    "{\"type\":7}",
                    "[{\"type\":\"function\"}]",
                    "\"in_progress\"",
                    "\"list\"");

    private static final List<String> WHOLE =
            List.of(
                    """
                    {"id":"$asst","object":"assistant","created_at":1,"name":"n","description":null,"model":"m",
                     "instructions":"i","tools":[{"type":"function","function":{"name":"f","description":"d",
                     "parameters":{"type":"object"},"strict":false}},{"type":"file_search","file_search":{
                     "max_num_results":3,"ranking_options":{"ranker":"auto","score_threshold":0.5}}},
                     {"type":"retrieval"}],"file_ids":["file-1"],"top_p":1.0,"temperature":0.5,
                     "reasoning_effort":null,"metadata":{"k":"v"},"response_format":{"type":"json_schema",
                     "json_schema":{"name":"n","schema":{}}}}""",
                    """
                    {"id":"$thread","object":"thread","created_at":1,"metadata":{"k":"v"},"tool_resources":{
                     "code_interpreter":{"file_ids":["file-1"]},"file_search":{"vector_store_ids":["vs_1"]}}}""",
                    """
                    {"id":"$msg","object":"thread.message","created_at":1,"assistant_id":"asst_1",
                     "thread_id":"THREAD","run_id":"run_1","status":"incomplete","incomplete_details":{"reason":"r"},
                     "incomplete_at":2,"completed_at":null,"role":"user","content":[{"type":"text","text":{
                     "value":"v","annotations":[{"type":"file_path"}]}},{"type":"image_file","image_file":{
                     "file_id":"file-1","detail":"auto"}},{"type":"image_url","image_url":{"url":"u"}},
                     {"type":"refusal","refusal":"r"}],"attachments":[{"file_id":"file-1","tools":[
                     {"type":"file_search"}]}],"metadata":{}}""",
                    """
                    {"id":"$run","object":"thread.run","created_at":1,"assistant_id":"asst_1","thread_id":"THREAD",
                     "status":"failed","started_at":1,"expires_at":null,"cancelled_at":null,"failed_at":3,
                     "completed_at":null,"required_action":null,"last_error":{"code":"server_error","message":"m"},
                     "model":"m","instructions":"i","tools":[{"type":"code_interpreter"}],"tool_resources":{},
                     "metadata":{},"temperature":1.0,"top_p":1.0,"reasoning_effort":null,
                     "max_completion_tokens":5,"max_prompt_tokens":6,"truncation_strategy":{"type":"last_messages",
                     "last_messages":3},"incomplete_details":{"reason":"r"},"usage":{"prompt_tokens":1,
                     "completion_tokens":2,"total_tokens":3,"prompt_token_details":{"cached_tokens":0},
                     "completion_tokens_details":{"reasoning_tokens":0}},"response_format":"auto",
                     "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":true}""",
                    """
                    {"id":"$step","object":"thread.run.step","created_at":1,"run_id":"RUN","assistant_id":"asst_1",
                     "thread_id":"THREAD","type":"tool_calls","status":"completed","cancelled_at":null,
                     "completed_at":2,"expires_at":null,"failed_at":null,"last_error":null,"step_details":{
                     "type":"tool_calls","tool_calls":[{"id":"c","type":"function","function":{"name":"f",
                     "arguments":"{}","output":"o"}},{"id":"c","type":"code_interpreter","code_interpreter":{
                     "input":"i","outputs":[{"type":"logs","logs":"l"}]}},{"id":"c","type":"file_search",
                     "file_search":{"ranking_options":{"ranker":"r"},"results":[{"file_id":"f"}]}},
                     {"id":"c","type":"retrieval","retrieval":{}}]},"usage":null}""",
                    """
                    {"id":"$step","object":"thread.run.step","created_at":1,"run_id":"RUN","assistant_id":"asst_1",
                     "thread_id":"THREAD","status":"failed","last_error":{"code":"c","message":"m"},"step_details":{
                     "type":"message_creation","message_creation":{"message_id":"msg_1"}}}""");

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private static String fresh(String template, String thread, String run) {
        return template.replace("THREAD", thread)
                .replace("RUN", run)
                .replace("$asst", Ids.assistant())
                .replace("$thread", Ids.thread())
                .replace("$msg", Ids.message())
                .replace("$run", Ids.run())
                .replace("$step", Ids.step())
                .replace("\n", "");
    }

    @TestFactory
    Stream<DynamicTest> eachIsRefusedOrComesIn() {
        Long one = Long.getLong("threadwell.test.seed");
        long first = System.nanoTime();
        return (one == null ? LongStream.range(first, first + 10) : LongStream.of(one))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
    }

    private void check(long seed) {
        String project = "proj_" + Long.toHexString(System.nanoTime());
        keys.ensure(project, "sk-" + project).await().indefinitely();
        Api api = Api.at(base).with("Authorization", "Bearer sk-" + project);
        String thread = Ids.thread();
        String run = Ids.run();
        List<String> dump = new ArrayList<>();
        dump.add(fresh(WHOLE.get(1), thread, run).replaceFirst("thread_\\w+", thread));
        dump.add(fresh(WHOLE.get(3), thread, run).replaceFirst("run_\\w+", run));
        Random random = new Random(seed);
        for (int i = 0; i < OBJECTS; i++) {
            String whole = fresh(WHOLE.get(i % WHOLE.size()), thread, run);
            dump.add(i < WHOLE.size() ? whole : broken(whole, random));
        }

        Api.Answer answer = api.post("/v1/threadwell/import", String.join("\n", dump));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode summary = answer.json();
        long in = summary.path("imported").valueStream().mapToLong(JsonNode::asLong).sum();
        assertThat(in + summary.path("refused").asLong()).isEqualTo(dump.size());
        assertThat(in).isGreaterThan(WHOLE.size());
        for (String list :
                List.of(
                        "/v1/assistants",
                        "/v1/threads",
                        "/v1/threads/" + thread + "/messages",
                        "/v1/threads/" + thread + "/runs",
                        "/v1/threads/" + thread + "/runs/" + run + "/steps")) {
            Api.Answer shown = api.get(list + "?limit=100");
            assertThat(shown.status()).as(list).isEqualTo(200);
            assertThat(shown.json().path("data").size()).as(list).isPositive();
        }
    }

    /** The object with one thing in it replaced, or taken away. */
    private static String broken(String whole, Random random) {
        JsonNode tree = Json.read(whole, JsonNode.class);
        List<JsonNode> parents = new ArrayList<>();
        collect(tree, parents);
        JsonNode value = Json.read(VALUES.get(random.nextInt(VALUES.size())), JsonNode.class);
        switch (parents.get(random.nextInt(parents.size()))) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), value);
            default -> throw new IllegalStateException("neither an object nor an array");
        }
        return Json.compact(tree);
    }

    private static void collect(JsonNode value, List<JsonNode> parents) {
        if (value.isContainerNode() && !value.isEmpty()) {
            parents.add(value);
        }
        value.forEach(inner -> collect(inner, parents));
    }
}
