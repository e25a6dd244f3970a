package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything that a project has goes out, and comes in elsewhere as it was. */
@QuarkusTest
@TestProfile(ThreadListTest.Listed.class)
class ExportTest {

    private static final String EXPORT = "/v1/threadwell/export";
    private static final String IMPORT = "/v1/threadwell/import";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject Pool pool;

    private String project;
    private Api api;

    @BeforeEach
    void open() {
        project = "proj_" + Long.toHexString(System.nanoTime());
        api = of(project);
    }

    private Api of(String name) {
        keys.ensure(name, "sk-" + name).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + name);
    }

    /** A project with threads in which much is said, in part in the same second. */
    private void furnish(Generated generated) {
        String assistant = api.post("/v1/assistants", json(generated.assistant())).id();
        api.assistant();
        for (int i = 0; i < 3; i++) {
            String thread = api.post("/v1/threads", json(generated.thread())).id();
            String messages = "/v1/threads/" + thread + "/messages";
            api.post(messages, json(generated.message()));
            String run =
                    api.post("/v1/threads/" + thread + "/runs", json(generated.run(assistant)))
                            .id();
            worker.finds(worker.claims(run), generated.text());
            api.post(messages, json(generated.message()));
            run = api.post("/v1/threads/" + thread + "/runs", json(generated.run(assistant))).id();
            worker.completes(worker.claims(run), generated.text(), generated.text(), "c");
            api.post(messages + "/" + ids(messages).getFirst(), "{\"metadata\":{\"a\":\"b\"}}");
        }
    }

    private static String json(ObjectNode body) {
        return Generated.json(body);
    }

    private List<String> ids(String list) {
        return api.get(list)
                .json()
                .path("data")
                .valueStream()
                .map(o -> o.path("id").asText())
                .toList();
    }

    /** Every list and every object, as they are answered. */
    private static Map<String, String> all(Api api) {
        Map<String, String> answers = new LinkedHashMap<>();
        take(api, answers, "/v1/assistants");
        take(api, answers, "/v1/threads");
        for (String thread : List.copyOf(answers.keySet())) {
            if (thread.startsWith("/v1/threads/")) {
                take(api, answers, thread + "/messages");
                for (String run : take(api, answers, thread + "/runs")) {
                    take(api, answers, run + "/steps");
                }
            }
        }
        return answers;
    }

    private static List<String> take(Api api, Map<String, String> answers, String list) {
        for (String order : List.of("asc", "desc")) {
            String path = list + "?limit=100&order=" + order;
            answers.put(path, api.get(path).body());
        }
        List<String> items =
                api.get(list)
                        .json()
                        .path("data")
                        .valueStream()
                        .map(o -> list + "/" + o.path("id").asText())
                        .toList();
        items.forEach(item -> answers.put(item, api.get(item).body()));
        return items;
    }

    /** As if it had been another installation. */
    private void leaveNothing() {
        for (String table : List.of("run_steps", "messages", "runs", "threads", "assistants")) {
            pool.preparedQuery("delete from " + table + " where project_id = $1")
                    .execute(Tuple.of(project))
                    .await()
                    .indefinitely();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatGoesOutComesInAsItWas() {
        Long one = Long.getLong("threadwell.test.seed");
        long first = System.nanoTime();
        return (one == null ? LongStream.range(first, first + 5) : LongStream.of(one))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> comesBack(seed)));
    }

    private void comesBack(long seed) {
        open();
        furnish(new Generated(seed));
        Map<String, String> before = all(api);
        assertThat(before).hasSizeGreaterThan(50);
        String dump = api.get(EXPORT).body();
        leaveNothing();
        assertThat(api.get(EXPORT).body()).isEmpty();

        Api elsewhere = of(project + "_elsewhere");
        JsonNode summary = elsewhere.post(IMPORT, dump).json();
        assertThat(summary.path("refused").asLong()).as(summary.toString()).isZero();
        assertThat(summary.path("changed").asLong()).as(summary.toString()).isZero();
        assertThat(all(elsewhere)).isEqualTo(before);
        assertThat(elsewhere.get(EXPORT).body()).isEqualTo(dump);
    }

    @Test
    void theAnswerHasAnObjectALine() {
        String assistant = api.assistant();
        String thread = api.thread();
        Api.Answer answer = api.get(EXPORT);
        assertThat(answer.header("content-type")).startsWith("application/x-ndjson");
        assertThat(answer.body().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"id\":\"" + assistant),
                        line -> assertThat(line).startsWith("{\"id\":\"" + thread),
                        line -> assertThat(line).contains("\"object\":\"thread.message\""));
        assertThat(answer.body()).endsWith("}\n");
    }

    @Test
    void anExportHasBindingsWithoutTheirSecretsAndComesInAgain() {
        String assistant =
                api.post(
                                "/v1/assistants",
                                """
                                {"model":"m","tools":[
                                 {"type":"function","function":{"name":"tides"},
                                  "threadwell":{"http":{"url":"https://tides.test/call",
                                   "headers":{"x-key":"quay"}}}},
                                 {"type":"mcp","server_label":"harbour",
                                  "server_url":"https://mcp.test/mcp","authorization":"tok-1"}]}
                                """)
                        .id();
        String run = api.run(api.thread(), assistant).id();
        worker.completes(worker.claims(run), "done");

        String dump = api.get(EXPORT).body();

        assertThat(dump.lines().filter(line -> line.contains("https://tides.test/call")))
                .as("the assistant and its run")
                .hasSize(2);
        assertThat(dump).doesNotContain("secret", "quay", "tok-1");
        leaveNothing();
        JsonNode summary = api.post(IMPORT, dump).json();
        assertThat(summary.path("refused").asLong()).as(summary.toString()).isZero();
    }

    @Test
    void nothingOfAnotherProjectGoesOut() {
        api.thread();
        assertThat(of(project + "_other").get(EXPORT).body()).isEmpty();
    }

    /** More than a page of everything. */
    @Test
    void manyGoOut() {
        int count = 1_001;
        String path = "/v1/threads/" + api.thread() + "/messages";
        StringBuilder dump = new StringBuilder();
        String thread = path.split("/")[3];
        IntStream.range(0, count)
                .forEach(
                        i ->
                                dump.append(
                                        line(
                                                "asst_" + project.substring(5) + "x" + i,
                                                "assistant",
                                                thread)));
        IntStream.range(0, count)
                .forEach(
                        i ->
                                dump.append(
                                        line(
                                                "thread_" + project.substring(5) + "x" + i,
                                                "thread",
                                                thread)));
        IntStream.range(0, count)
                .forEach(
                        i ->
                                dump.append(
                                        line(
                                                "msg_" + project.substring(5) + "x" + i,
                                                "thread.message",
                                                thread)));
        assertThat(api.post(IMPORT, dump.toString()).json().path("refused").asLong()).isZero();
        List<String> lines = api.get(EXPORT).body().lines().toList();
        assertThat(lines).hasSize(3 * count + 2).doesNotHaveDuplicates();
        assertThat(lines.getFirst()).contains("x0\"");
    }

    private static String line(String id, String object, String thread) {
        return """
               {"id":"%s","object":"%s","created_at":7,"model":"m","thread_id":"%s","role":"user","content":[]}
               """
                .formatted(id, object, thread);
    }
}
