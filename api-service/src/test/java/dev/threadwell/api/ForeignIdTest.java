package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every endpoint, and in each every id that it takes, with the id of another project: there is no
 * such object, and nothing has changed in either project.
 */
@QuarkusTest
@TestProfile(ThreadListTest.Listed.class)
class ForeignIdTest {

    private static final String FORM = "a form";

    private static final String MESSAGE =
            """
            {"role":"user","content":[{"type":"text","text":"Hi"},
             {"type":"image_file","image_file":{"file_id":"$picture"}}],
             "attachments":[{"file_id":"$file","tools":[{"type":"code_interpreter"}]},
              {"file_id":"$file","tools":[{"type":"file_search"}]}]}""";

    private static final String EXISTING =
            """
            {"code_interpreter":{"file_ids":["$file"]},
             "file_search":{"vector_store_ids":["$store"]}}""";

    private static final String WITH_STORE =
            """
            {"code_interpreter":{"file_ids":["$file"]},
             "file_search":{"vector_stores":[{"file_ids":["$file"]}]}}""";

    private static final String THREAD = "{\"messages\":[%s],\"tool_resources\":%s}";

    private static final String RUN_WITH_THREAD =
            "{\"assistant_id\":\"$assistant\",\"tool_resources\":%s,\"thread\":%s}";

    private static final String METADATA = "{\"metadata\":{\"a\":\"b\"}}";

    /** What each endpoint that takes a body takes, with every id that may be in it. */
    private static final Map<String, List<String>> BODIES =
            Map.ofEntries(
                    Map.entry(
                            "/v1/assistants",
                            List.of(
                                    "{\"model\":\"m\",\"tool_resources\":" + EXISTING + "}",
                                    "{\"model\":\"m\",\"tool_resources\":" + WITH_STORE + "}")),
                    Map.entry(
                            "/v1/assistants/$assistant",
                            List.of("{\"name\":\"n\",\"tool_resources\":" + EXISTING + "}")),
                    Map.entry(
                            "/v1/threads",
                            List.of(
                                    THREAD.formatted(MESSAGE, EXISTING),
                                    THREAD.formatted(MESSAGE, WITH_STORE))),
                    Map.entry(
                            "/v1/threads/$thread",
                            List.of(
                                    "{\"metadata\":{\"a\":\"b\"},\"tool_resources\":"
                                            + EXISTING
                                            + "}")),
                    Map.entry("/v1/threads/$thread/messages", List.of(MESSAGE)),
                    Map.entry("/v1/threads/$thread/messages/$message", List.of(METADATA)),
                    Map.entry(
                            "/v1/threads/$thread/runs",
                            List.of(
                                    "{\"assistant_id\":\"$assistant\",\"additional_messages\":["
                                            + MESSAGE
                                            + "]}",
                                    "{\"assistant_id\":\"$assistant\",\"stream\":true}")),
                    Map.entry(
                            "/v1/threads/runs",
                            List.of(
                                    RUN_WITH_THREAD.formatted(
                                            EXISTING, THREAD.formatted(MESSAGE, EXISTING)),
                                    RUN_WITH_THREAD.formatted(
                                            EXISTING, THREAD.formatted(MESSAGE, WITH_STORE)))),
                    Map.entry("/v1/threads/$thread/runs/$run", List.of(METADATA)),
                    Map.entry("/v1/threads/$thread/runs/$run/cancel", List.of("")),
                    Map.entry(
                            "/v1/threads/$thread/runs/$run/submit_tool_outputs",
                            List.of("{\"tool_outputs\":[]}")),
                    Map.entry("/v1/files", List.of()),
                    Map.entry("/v1/uploads", List.of()),
                    // What it refuses is in its answer: see ImportTest.
                    Map.entry("/v1/threadwell/import", List.of()),
                    Map.entry("/v1/threadwell/project", List.of()),
                    Map.entry(
                            "/v1/assistants/$assistant/files", List.of("{\"file_id\":\"$file\"}")),
                    Map.entry("/v1/uploads/$upload/parts", List.of(FORM)),
                    Map.entry(
                            "/v1/uploads/$upload/complete", List.of("{\"part_ids\":[\"$part\"]}")),
                    Map.entry("/v1/uploads/$upload/cancel", List.of("")),
                    Map.entry("/v1/vector_stores", List.of("{\"file_ids\":[\"$file\"]}")),
                    Map.entry("/v1/vector_stores/$store", List.of("{\"name\":\"n\"}")),
                    Map.entry("/v1/vector_stores/$store/search", List.of("{\"query\":\"text\"}")),
                    Map.entry("/v1/vector_stores/$store/files", List.of("{\"file_id\":\"$file\"}")),
                    Map.entry(
                            "/v1/vector_stores/$store/files/$file",
                            List.of("{\"attributes\":{\"a\":1}}")),
                    Map.entry(
                            "/v1/vector_stores/$store/file_batches",
                            List.of(
                                    "{\"file_ids\":[\"$file\"]}",
                                    "{\"files\":[{\"file_id\":\"$file\"}]}")),
                    Map.entry("/v1/vector_stores/$store/file_batches/$batch/cancel", List.of("")));

    private static final Map<String, String> NOUNS =
            Map.of(
                    "step", "run step",
                    "store", "vector store",
                    "batch", "vector store file batch",
                    "picture", "file");

    private static final Pattern KIND = Pattern.compile("\\$([a-z]+)");

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject Pool pool;

    private Api api;
    private String projects;
    private Belongings ours;
    private Belongings theirs;

    @BeforeEach
    void furnish() {
        String name = Long.toHexString(System.nanoTime());
        projects = "('proj_" + name + "', 'proj_their_" + name + "')";
        api = of("proj_" + name);
        ours = Belongings.of(api, worker);
        theirs = Belongings.of(of("proj_their_" + name), worker);
    }

    private Api of(String project) {
        keys.ensure(project, "sk-" + project).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + project);
    }

    /**
     * A request in which one id is foreign, or all of its path.
     *
     * @param kind of the id that is not found
     */
    private record Case(Endpoint endpoint, String path, String body, String kind, String id) {

        String name() {
            return endpoint.name() + " with a foreign " + kind + ": " + path + " " + body;
        }

        String message() {
            if (kind.equals("part")) {
                return "No such Part object: " + id;
            }
            if (endpoint.path().startsWith("/v1/uploads")) {
                return "No such Upload object: " + id;
            }
            if (endpoint.path().startsWith("/v1/files/")) {
                return "No such File object: " + id;
            }
            return "No %s found with id '%s'.".formatted(NOUNS.getOrDefault(kind, kind), id);
        }
    }

    @Test
    void everyBodyIsKnown() {
        Set<String> posts =
                Endpoint.all().stream()
                        .filter(endpoint -> endpoint.method().equals("POST"))
                        .map(Endpoint::path)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(posts).isEqualTo(new TreeSet<>(BODIES.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> whatAnotherProjectHasIsNotThere() {
        List<Case> cases =
                Endpoint.all().stream()
                        .filter(endpoint -> !endpoint.path().contains("/models"))
                        .flatMap(this::cases)
                        .toList();
        assertThat(cases).hasSizeGreaterThan(80);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private Stream<Case> cases(Endpoint endpoint) {
        if (endpoint.method().equals("POST")) {
            return BODIES.getOrDefault(endpoint.path(), List.of()).stream()
                    .flatMap(body -> cases(endpoint, endpoint.path(), body).stream());
        }
        List<Case> cases = new ArrayList<>(cases(endpoint, endpoint.path(), null));
        if (endpoint.lists()) {
            String item = itemOf(endpoint.path());
            cases.addAll(cases(endpoint, endpoint.path() + "?after=$" + item, null));
            cases.addAll(cases(endpoint, endpoint.path() + "?before=$" + item, null));
        }
        return cases.stream();
    }

    private static String itemOf(String list) {
        return switch (list.substring(list.lastIndexOf('/') + 1)) {
            case "vector_stores" -> "store";
            case String plural -> plural.substring(0, plural.length() - 1);
        };
    }

    /** Each id in turn, and all of the path's together. */
    private List<Case> cases(Endpoint endpoint, String path, String body) {
        Belongings own =
                endpoint.path().matches(".*/(runs/.run/cancel|submit_tool_outputs)")
                        ? ours.waiting()
                        : ours;
        String whole = path + "\n" + (body == null ? "" : body);
        List<MatchResult> ids = KIND.matcher(whole).results().toList();
        List<Case> cases = new ArrayList<>();
        for (MatchResult id : ids) {
            String foreign = theirs.id(id.group(1));
            cases.add(
                    made(
                            endpoint,
                            own.filled(whole.substring(0, id.start()))
                                    + foreign
                                    + own.filled(whole.substring(id.end())),
                            id.group(1),
                            foreign,
                            body));
        }
        List<MatchResult> inPath = KIND.matcher(endpoint.path()).results().toList();
        if (inPath.size() > 1) {
            String first = inPath.getFirst().group(1);
            cases.add(made(endpoint, theirs.filled(whole), first, theirs.id(first), body));
        }
        return cases;
    }

    private static Case made(
            Endpoint endpoint, String whole, String kind, String id, String template) {
        int end = whole.indexOf('\n');
        String body = template == null ? null : whole.substring(end + 1);
        return new Case(endpoint, whole.substring(0, end), body, kind, id);
    }

    private void check(Case c) {
        String before = everything();
        Api client = c.endpoint().isOlder() ? api.older() : api;
        Api.Answer answer =
                FORM.equals(c.body())
                        ? client.form(c.path(), new Multipart().file("data", "part", "Text"))
                        : client.send(c.endpoint().method(), c.path(), c.body());
        assertThat(answer.json().at("/error/message").asText()).isEqualTo(c.message());
        assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aRunOfAnotherProjectWroteNoMessageHere() {
        String path = ours.filled("/v1/threads/$thread/messages?run_id=") + theirs.id("run");
        assertThat(api.get(path).body()).isEqualTo(Api.wire("empty_list.json"));
    }

    /** All rows of both projects, as one text. */
    private String everything() {
        String rows =
                tables().stream()
                        .map(
                                table ->
                                        "select '%1$s' as name, x::text as row from %1$s x where project_id in %2$s"
                                                .formatted(table, projects))
                        .collect(Collectors.joining(" union all "));
        String parts =
                " union all select 'upload_parts', p::text from upload_parts p where upload_id in"
                        + " (select id from uploads where project_id in "
                        + projects
                        + ")";
        return pool.query(
                        "select string_agg(name || row, E'\\n' order by name, row) from ("
                                + rows
                                + parts
                                + ") as x")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }

    private List<String> tables() {
        List<String> names = new ArrayList<>();
        pool.query(
                        "select c.table_name from information_schema.columns c"
                                + " join information_schema.tables t using (table_schema, table_name)"
                                + " where c.column_name = 'project_id' and t.table_type = 'BASE TABLE'"
                                // When a key was used last is written at any time.
                                + " and c.table_name <> 'api_keys'")
                .execute()
                .await()
                .indefinitely()
                .forEach(row -> names.add(row.getString(0)));
        assertThat(names).contains("assistants", "messages", "vector_store_files");
        return names;
    }
}
