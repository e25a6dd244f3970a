package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every object, made of things that are hard to keep: what was created is what is retrieved,
 * listed, answered to a modification that changes nothing, and stored. A test's name has its seed;
 * {@code -Dthreadwell.test.seed} runs that one.
 */
@QuarkusTest
class RoundTripTest {

    private static final int SEEDS = 25;

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject Pool pool;

    private Api api;

    @BeforeEach
    void open() {
        String project = "proj_" + Long.toHexString(System.nanoTime());
        keys.ensure(project, "sk-" + project).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-" + project);
    }

    private interface Check {

        void accept(Generated generated);
    }

    private static Stream<DynamicTest> forSeeds(Check check) {
        Long one = Long.getLong("threadwell.test.seed");
        long first = System.nanoTime();
        LongStream seeds =
                one == null ? LongStream.range(first, first + SEEDS) : LongStream.of(one);
        return seeds.mapToObj(
                seed ->
                        DynamicTest.dynamicTest(
                                "seed " + seed, () -> check.accept(new Generated(seed))));
    }

    private Api.Answer created(String path, ObjectNode body) {
        Api.Answer answer = api.post(path, Generated.json(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** As it was created, so it is retrieved, listed first, and left by a modification. */
    private void isKept(String list, Api.Answer created, ObjectNode same) {
        String path = list + "/" + created.id();
        assertThat(api.get(path).body()).isEqualTo(created.body());
        isListed(list, created.json());
        assertThat(api.post(path, "{}").body()).isEqualTo(created.body());
        assertThat(api.post(path, Generated.json(same)).body()).isEqualTo(created.body());
        assertThat(api.get(path).body()).isEqualTo(created.body());
    }

    private void isListed(String list, JsonNode object) {
        JsonNode first = api.get(list + "?limit=1").json().path("data").get(0);
        assertThat(Json.compact(first)).isEqualTo(Json.compact(object));
    }

    private void isStored(String table, Api.Answer created) {
        String document =
                pool.preparedQuery("select document::text from %s where id = $1".formatted(table))
                        .execute(Tuple.of(created.id()))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getString(0);
        assertThat(document).isEqualTo(Json.compact(created.json()));
    }

    private static ObjectNode only(ObjectNode body, String... names) {
        return body.deepCopy().retain(names);
    }

    private static void says(Api.Answer answer, ObjectNode body, String... names) {
        for (String name : names) {
            if (body.has(name)) {
                assertThat(Json.compact(answer.json().get(name)))
                        .as(name)
                        .isEqualTo(Json.compact(body.get(name)));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> anAssistantIsKept() {
        return forSeeds(
                generated -> {
                    ObjectNode body = generated.assistant();
                    Api.Answer created = created("/v1/assistants", body);
                    says(
                            created,
                            body,
                            "name",
                            "description",
                            "model",
                            "instructions",
                            "temperature",
                            "top_p",
                            "metadata",
                            "response_format");
                    isStored("assistants", created);
                    isKept("/v1/assistants", created, body);
                });
    }

    @TestFactory
    Stream<DynamicTest> aSchemaIsKeptToTheLastDigit() {
        return forSeeds(
                generated -> {
                    ObjectNode body = generated.assistant();
                    body.putArray("tools")
                            .addObject()
                            .put("type", "function")
                            .putObject("function")
                            .put("name", "f")
                            .set("parameters", generated.schema());
                    JsonNode answer = created("/v1/assistants", body).json();
                    String parameters = "/tools/0/function/parameters";
                    assertThat(Json.compact(answer.at(parameters)))
                            .isEqualTo(Json.compact(body.at(parameters)));
                });
    }

    @TestFactory
    Stream<DynamicTest> aThreadIsKept() {
        return forSeeds(
                generated -> {
                    ObjectNode body = generated.thread();
                    Api.Answer created = created("/v1/threads", body);
                    says(created, body, "metadata");
                    isStored("threads", created);
                    String path = "/v1/threads/" + created.id();
                    String retrieved = api.get(path).body();
                    assertThat(api.post(path, "{}").body()).isEqualTo(created.body());
                    assertThat(api.post(path, Generated.json(only(body, "metadata"))).body())
                            .isEqualTo(created.body());
                    assertThat(api.get(path).body()).isEqualTo(retrieved);
                });
    }

    @TestFactory
    Stream<DynamicTest> aMessageIsKept() {
        return forSeeds(
                generated -> {
                    String list = "/v1/threads/" + api.thread() + "/messages";
                    ObjectNode body = generated.message();
                    Api.Answer created = created(list, body);
                    says(created, body, "role", "metadata");
                    assertThat(texts(created.json())).isEqualTo(texts(body));
                    isStored("messages", created);
                    String path = list + "/" + created.id();
                    assertThat(api.get(path).body()).isEqualTo(created.body());
                    isListed(list, created.json());
                    String modified = created.body().replace("\"attachments\"", "\"file_ids\"");
                    assertThat(api.post(path, Generated.json(only(body, "metadata"))).body())
                            .isEqualTo(modified);
                    assertThat(api.get(path).body()).isEqualTo(created.body());
                });
    }

    private static String texts(JsonNode message) {
        StringBuilder texts = new StringBuilder();
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            texts.append(content.textValue()).append('|');
        }
        content.forEach(
                part ->
                        texts.append(
                                        part.path("text").isTextual()
                                                ? part.path("text").textValue()
                                                : part.at("/text/value").textValue())
                                .append('|'));
        return texts.toString();
    }

    @TestFactory
    Stream<DynamicTest> aRunIsKept() {
        return forSeeds(
                generated -> {
                    String thread = api.thread();
                    String list = "/v1/threads/" + thread + "/runs";
                    String assistant = created("/v1/assistants", generated.assistant()).id();
                    ObjectNode body = generated.run(assistant);
                    Api.Answer created = created(list, body);
                    says(created, body, "model", "temperature", "metadata", "truncation_strategy");
                    isStored("runs", created);
                    String path = list + "/" + created.id();
                    assertThat(api.get(path).body()).isEqualTo(created.body());
                    isListed(list, created.json());

                    worker.completes(worker.claims(created.id()), generated.text());
                    Api.Answer done = api.get(path);
                    isStored("runs", done);
                    isKept(list, done, only(body, "metadata"));
                    isStepKept(path + "/steps");
                });
    }

    private void isStepKept(String list) {
        JsonNode step = api.get(list).json().path("data").get(0);
        Api.Answer retrieved = api.get(list + "/" + step.path("id").asText());
        assertThat(Json.compact(retrieved.json())).isEqualTo(Json.compact(step));
    }

    @TestFactory
    Stream<DynamicTest> aFileIsKept() {
        return forSeeds(
                generated -> {
                    String name = generated.filename();
                    String text = generated.text();
                    Api.Answer created = api.form("/v1/files", Multipart.of("vision", name, text));
                    assertThat(created.json().path("filename").textValue()).isEqualTo(name);
                    isStored("files", created);
                    String path = "/v1/files/" + created.id();
                    assertThat(api.get(path).body()).isEqualTo(created.body());
                    isListed("/v1/files", created.json());
                    assertThat(api.get(path + "/content").body()).isEqualTo(text);
                });
    }

    @TestFactory
    Stream<DynamicTest> aVectorStoreAndItsFilesAreKept() {
        return forSeeds(
                generated -> {
                    ObjectNode body = generated.store();
                    Api.Answer created = created("/v1/vector_stores", body);
                    says(created, body, "name", "metadata");
                    isKept("/v1/vector_stores", created, body);

                    String files = "/v1/vector_stores/" + created.id() + "/files";
                    Multipart form = Multipart.of("assistants", generated.filename(), "x");
                    ObjectNode file = generated.attributes();
                    file.put("file_id", api.form("/v1/files", form).id());
                    Api.Answer added = created(files, file);
                    says(added, file, "attributes");
                    String path = files + "/" + added.id();
                    assertThat(api.get(path).body()).isEqualTo(added.body());
                    isListed(files, added.json());
                    assertThat(api.post(path, Generated.json(only(file, "attributes"))).body())
                            .isEqualTo(added.body());
                });
    }

    @TestFactory
    Stream<DynamicTest> anUploadIsKept() {
        return forSeeds(
                generated -> {
                    String name = generated.text();
                    ObjectNode body =
                            new Generated(1)
                                    .metadata()
                                    .removeAll()
                                    .put("filename", name)
                                    .put("purpose", "vision")
                                    .put("bytes", 1)
                                    .put("mime_type", "text/plain");
                    Api.Answer created = created("/v1/uploads", body);
                    assertThat(created.json().path("filename").textValue()).isEqualTo(name);
                    String path = "/v1/uploads/" + created.id();
                    Multipart part = new Multipart().file("data", "part", "x");
                    String partId = api.form(path + "/parts", part).id();
                    Api.Answer done =
                            api.post(path + "/complete", "{\"part_ids\":[\"" + partId + "\"]}");
                    JsonNode file = done.json().path("file");
                    assertThat(file.path("filename").textValue()).isEqualTo(name);
                    assertThat(
                                    Json.compact(
                                            api.get("/v1/files/" + file.path("id").asText())
                                                    .json()))
                            .isEqualTo(Json.compact(file));
                });
    }
}
