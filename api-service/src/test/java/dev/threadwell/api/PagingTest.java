package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every list in pages of every size, in both orders and both directions, is the list in one page;
 * all of its objects were made in the same second.
 */
@QuarkusTest
@TestProfile(ThreadListTest.Listed.class)
class PagingTest {

    private static final int COUNT = 5;

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject Pool pool;

    private Api api;

    /** How a list comes to have items; each answers with the list's path. */
    private Map<String, Supplier<String>> lists() {
        return Map.ofEntries(
                Map.entry("/v1/assistants", this::assistants),
                Map.entry("/v1/assistants/$assistant/files", this::filesOfAssistant),
                Map.entry("/v1/files", this::files),
                Map.entry("/v1/threads", this::threads),
                Map.entry("/v1/threads/$thread/messages", this::messages),
                Map.entry("/v1/threads/$thread/messages/$message/files", this::filesOfMessage),
                Map.entry("/v1/threads/$thread/runs", this::runs),
                Map.entry("/v1/threads/$thread/runs/$run/steps", this::steps),
                Map.entry("/v1/vector_stores", this::stores),
                Map.entry("/v1/vector_stores/$store/files", this::filesOfStore),
                Map.entry(
                        "/v1/vector_stores/$store/file_batches/$batch/files", this::filesOfBatch));
    }

    @BeforeEach
    void open() {
        String project = "proj_" + Long.toHexString(System.nanoTime());
        keys.ensure(project, "sk-" + project).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-" + project);
    }

    private String assistants() {
        each(i -> api.assistant());
        return "/v1/assistants";
    }

    private String filesOfAssistant() {
        String files = quoted(uploaded());
        api = api.older();
        String body =
                "{\"model\":\"gpt-4\",\"tools\":[{\"type\":\"code_interpreter\"}],\"file_ids\":%s}";
        return "/v1/assistants/"
                + api.post("/v1/assistants", body.formatted(files)).id()
                + "/files";
    }

    private String filesOfMessage() {
        String files = quoted(uploaded());
        String messages = "/v1/threads/" + api.thread() + "/messages";
        api = api.older();
        String body = "{\"role\":\"user\",\"content\":\"x\",\"file_ids\":%s}";
        return messages + "/" + api.post(messages, body.formatted(files)).id() + "/files";
    }

    private static String quoted(List<String> ids) {
        return ids.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private List<String> uploaded() {
        return each(i -> api.form("/v1/files", Multipart.of("assistants", i + ".txt", "x")).id());
    }

    private String files() {
        uploaded();
        return "/v1/files";
    }

    private String threads() {
        each(i -> api.thread());
        return "/v1/threads";
    }

    private String messages() {
        String path = "/v1/threads/" + api.thread() + "/messages";
        each(i -> api.post(path, "{\"role\":\"user\",\"content\":\"" + i + "\"}").id());
        api.delete(path + "/" + ids(api.get(path)).get(2));
        return path;
    }

    private String runs() {
        String assistant = api.assistant();
        String thread = api.thread();
        each(i -> worker.completes(worker.claims(api.run(thread, assistant).id()), "x").run().id());
        return "/v1/threads/" + thread + "/runs";
    }

    private String steps() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        worker.completes(worker.claims(run), "a", "b", "c", "d", "e");
        return "/v1/threads/" + thread + "/runs/" + run + "/steps";
    }

    private String stores() {
        each(i -> api.post("/v1/vector_stores", "{}").id());
        return "/v1/vector_stores";
    }

    private String filesOfStore() {
        String path = "/v1/vector_stores/" + api.post("/v1/vector_stores", "{}").id() + "/files";
        uploaded().forEach(file -> api.post(path, "{\"file_id\":\"" + file + "\"}").id());
        return path;
    }

    private String filesOfBatch() {
        String path = "/v1/vector_stores/" + api.post("/v1/vector_stores", "{}").id();
        String files = quoted(uploaded());
        String batches = path + "/file_batches";
        return batches + "/" + api.post(batches, "{\"file_ids\":" + files + "}").id() + "/files";
    }

    private static List<String> each(java.util.function.IntFunction<String> made) {
        return IntStream.range(0, COUNT).mapToObj(made).toList();
    }

    private static List<String> ids(Api.Answer page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.json().path("data").valueStream().map(o -> o.path("id").asText()).toList();
    }

    @Test
    void everyListIsKnown() {
        Set<String> paths =
                Endpoint.all().stream()
                        .filter(Endpoint::lists)
                        .map(Endpoint::path)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(paths).isEqualTo(new TreeSet<>(lists().keySet()));
    }

    @TestFactory
    Stream<DynamicTest> pagesOfEverySizeJoin() {
        return lists().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(list -> DynamicTest.dynamicTest(list.getKey(), () -> check(list.getValue())));
    }

    private void check(Supplier<String> filled) {
        open();
        String path = filled.get();
        atOnce();
        List<String> asc = ids(api.get(path + "?order=asc"));
        assertThat(asc).hasSize(COUNT).doesNotHaveDuplicates();
        assertThat(ids(api.get(path))).isEqualTo(asc.reversed());
        for (int size = 1; size <= COUNT + 1; size++) {
            check(new Listed(path + "?order=asc&limit=" + size, size, asc));
            check(new Listed(path + "?order=desc&limit=" + size, size, asc.reversed()));
        }
    }

    /**
     * A list in pages.
     *
     * @param all the ids of its items, as one page has them
     */
    private record Listed(String path, int size, List<String> all) {}

    private void check(Listed list) {
        forwards(list);
        backwards(list);
        between(list);
    }

    private void forwards(Listed list) {
        List<String> all = list.all();
        String cursor = "";
        for (int from = 0; from <= all.size(); from += list.size()) {
            int to = Math.min(all.size(), from + list.size());
            isPage(list.path() + cursor, all.subList(from, to), to < all.size());
            cursor = "&after=" + all.get(to - 1);
        }
        isPage(list.path() + "&after=" + all.getLast(), List.of(), false);
    }

    private void backwards(Listed list) {
        List<String> all = list.all();
        for (int to = all.size() - 1; to > 0; to -= list.size()) {
            int from = Math.max(0, to - list.size());
            isPage(list.path() + "&before=" + all.get(to), all.subList(from, to), from > 0);
        }
        isPage(list.path() + "&before=" + all.getFirst(), List.of(), false);
    }

    private void between(Listed list) {
        List<String> all = list.all();
        for (int after = 0; after < all.size(); after++) {
            for (int before = after + 1; before < all.size(); before++) {
                int to = Math.min(before, after + 1 + list.size());
                isPage(
                        list.path() + "&after=" + all.get(after) + "&before=" + all.get(before),
                        all.subList(after + 1, to),
                        to < before);
            }
        }
    }

    private void isPage(String path, List<String> expected, boolean more) {
        Api.Answer answer = api.get(path);
        assertThat(ids(answer)).as(path).isEqualTo(expected);
        JsonNode page = answer.json();
        assertThat(page.path("has_more").booleanValue()).as(path).isEqualTo(more);
        assertThat(page.path("first_id").textValue())
                .as(path)
                .isEqualTo(expected.isEmpty() ? null : expected.getFirst());
        assertThat(page.path("last_id").textValue())
                .as(path)
                .isEqualTo(expected.isEmpty() ? null : expected.getLast());
    }

    /** Everything that there is was made in one second. */
    private void atOnce() {
        for (String table :
                List.of(
                        "assistants",
                        "files",
                        "threads",
                        "messages",
                        "runs",
                        "run_steps",
                        "vector_stores",
                        "vector_store_files")) {
            pool.query(
                            "update "
                                    + table
                                    + " set document = regexp_replace(document::text,"
                                    + " '\"created_at\":[0-9]+', '\"created_at\":1700000000')::json")
                    .execute()
                    .await()
                    .indefinitely();
        }
    }
}
