package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: what goes in comes out, and what is refused is refused in the original's words. */
@QuarkusTest
class FileTest {

    private static final String TEXT = "The ferry leaves at noon.\n";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject FileStore files;
    @Inject BlobLedger blobs;
    @Inject Pool pool;

    private Api api;

    /** A project for each test, because a list shows all of its files. */
    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-files-" + name).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-files-" + name).without("OpenAI-Beta");
    }

    private Api.Answer upload(String purpose, String filename, String text) {
        return api.form("/v1/files", Multipart.of(purpose, filename, text));
    }

    private String uploaded(String purpose, String filename) {
        return upload(purpose, filename, "x").id();
    }

    private static List<String> names(Api.Answer answer) {
        return answer.json()
                .path("data")
                .valueStream()
                .map(f -> f.path("filename").asText())
                .toList();
    }

    @Test
    void aFileIsShownAsTheOriginalShowsIt() {
        Api.Answer created = upload("assistants", "harbour.txt", TEXT);
        assertThat(created.settled()).isEqualTo(Api.wire("file.json"));
        assertThat(created.id()).matches("file-[1-9A-HJ-NP-Za-km-z]{22}");
        assertThat(created.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(api.get("/v1/files/" + created.id()).body()).isEqualTo(created.body());
    }

    @Test
    void theFieldsMayComeInEitherOrder() {
        Multipart form = new Multipart().file("file", "a.txt", TEXT).field("purpose", "vision");
        JsonNode file = api.form("/v1/files", form).json();
        assertThat(file.path("purpose").asText()).isEqualTo("vision");
        assertThat(file.path("bytes").asInt()).isEqualTo(TEXT.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fine-tune", "batch", "vision", "evals"})
    void aFileComesBackAsItWent(String purpose) {
        String id = upload(purpose, "harbour.txt", TEXT).id();
        Api.Answer content = api.get("/v1/files/" + id + "/content");
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.body()).isEqualTo(TEXT);
        assertThat(content.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(content.header("content-length")).isEqualTo("" + TEXT.length());
        assertThat(content.header("content-disposition"))
                .isEqualTo("attachment; filename=\"harbour.txt\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistants", "user_data"})
    void filesForAssistantsAreKeptBack(String purpose) {
        api.get("/v1/files/" + uploaded(purpose, "a.txt") + "/content")
                .isFileError(400, "Not allowed to download files of purpose: " + purpose, null);
    }

    @Test
    void aDeletedFileIsGone() {
        String id = uploaded("vision", "a.png");
        Api.Answer deleted = api.delete("/v1/files/" + id);
        assertThat(deleted.settled()).isEqualTo(Api.wire("file_deleted.json"));
        String message = "No such File object: " + id;
        api.get("/v1/files/" + id).isFileError(404, message, "id");
        api.get("/v1/files/" + id + "/content").isFileError(404, message, "id");
        api.delete("/v1/files/" + id).isFileError(404, message, "id");
        assertThat(names(api.get("/v1/files"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake_id", "file-1", "%00", "a'b"})
    void anIdThatIsNoneIsNotFound(String id) {
        String shown = id.replace("%00", "\\u0000");
        api.get("/v1/files/" + id).isFileError(404, "No such File object: " + shown, "id");
    }

    @Test
    void theFilesOfAnotherProjectDoNotExist() {
        String id = uploaded("vision", "a.png");
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-files-" + name).await().indefinitely();
        Api other = api.with("Authorization", "Bearer sk-files-" + name);
        String message = "No such File object: " + id;
        other.get("/v1/files/" + id).isFileError(404, message, "id");
        other.get("/v1/files/" + id + "/content").isFileError(404, message, "id");
        other.delete("/v1/files/" + id).isFileError(404, message, "id");
        assertThat(names(other.get("/v1/files"))).isEmpty();
        assertThat(api.get("/v1/files/" + id).status()).isEqualTo(200);
    }

    @Test
    void aListHasPages() {
        uploaded("vision", "a.png");
        uploaded("vision", "b.png");
        Api.Answer first = api.get("/v1/files?limit=1");
        assertThat(first.settled()).isEqualTo(Api.wire("file_list.json"));
        String last = first.json().path("last_id").asText();
        Api.Answer second = api.get("/v1/files?limit=1&after=" + last);
        assertThat(names(second)).containsExactly("a.png");
        assertThat(second.json().path("has_more").asBoolean()).isFalse();
        assertThat(names(api.get("/v1/files?order=asc"))).containsExactly("a.png", "b.png");
    }

    @Test
    void aListMayBeOfOnePurpose() {
        uploaded("vision", "a.png");
        uploaded("assistants", "b.txt");
        assertThat(names(api.get("/v1/files?purpose=vision"))).containsExactly("a.png");
        assertThat(names(api.get("/v1/files?purpose=evals"))).isEmpty();
        assertThat(names(api.get("/v1/files"))).containsExactly("b.txt", "a.png");
    }

    @Test
    void aPageHasLimits() {
        assertThat(api.get("/v1/files?limit=0").json().at("/error/message").asText())
                .isEqualTo(
                        "Invalid 'limit': integer below minimum value. Expected a value >= 1, but"
                                + " got 0 instead.");
        assertThat(api.get("/v1/files?limit=10001").json().at("/error/message").asText())
                .isEqualTo(
                        "Invalid 'limit': integer above maximum value. Expected a value <= 10000,"
                                + " but got 10001 instead.");
        assertThat(api.get("/v1/files?limit=10000").status()).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> namesOfFilesSurvive() {
        return Stream.of(
                        new String[] {"filename=\"plain.txt\"", "plain.txt"},
                        new String[] {"filename=unquoted.txt", "unquoted.txt"},
                        new String[] {
                            "filename=\"with space; and (more).txt\"", "with space; and (more).txt"
                        },
                        new String[] {
                            "filename=\"Q1: a, b = c (final) 'x' 100%.txt\"",
                            "Q1: a, b = c (final) 'x' 100%.txt"
                        },
                        new String[] {"filename=\"say \\\"hello\\\".txt\"", "say \"hello\".txt"},
                        new String[] {"filename=\"C:\\x.txt\"", "C:\\x.txt"},
                        new String[] {"filename=\"größe.txt\"", "größe.txt"},
                        new String[] {"filename=\"文件 📎.txt\"", "文件 📎.txt"},
                        new String[] {"filename*=UTF-8''%E6%96%87%E4%BB%B6.txt", "文件.txt"},
                        new String[] {"filename*=utf-8''gr%C3%B6%C3%9Fe.txt", "größe.txt"},
                        new String[] {
                            "filename=\"fallback.txt\"; filename*=UTF-8''%E6%96%87.txt", "文.txt"
                        },
                        new String[] {"filename=\"/mnt/data/x.csv\"", "/mnt/data/x.csv"},
                        new String[] {
                            "filename=\"" + "ö".repeat(250) + ".txt\"", "ö".repeat(250) + ".txt"
                        })
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0],
                                        () -> {
                                            Multipart form =
                                                    new Multipart()
                                                            .disposition(
                                                                    "name=\"file\"; " + row[0],
                                                                    Multipart.stream(TEXT))
                                                            .field("purpose", "vision");
                                            Api.Answer answer = api.form("/v1/files", form);
                                            assertThat(answer.json().path("filename").asText())
                                                    .as(answer.body())
                                                    .isEqualTo(row[1]);
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFormIsRefused() {
        return Stream.of(
                        row(
                                "purpose",
                                "'world_domination' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'] - 'purpose'",
                                "purpose",
                                Multipart.of("world_domination", "a.txt", TEXT)),
                        row(
                                "purpose of runs",
                                "'assistants_output' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'] - 'purpose'",
                                "purpose",
                                Multipart.of("assistants_output", "a.txt", TEXT)),
                        row(
                                "no file",
                                "'file' is a required property",
                                null,
                                new Multipart().field("purpose", "vision")),
                        row(
                                "no purpose",
                                "'purpose' is a required property",
                                null,
                                new Multipart().file("file", "a.txt", TEXT)),
                        row("empty form", "'file' is a required property", null, new Multipart()),
                        row(
                                "empty file",
                                "File is empty.",
                                null,
                                Multipart.of("vision", "a.png", "")),
                        row(
                                "unknown field",
                                "Additional properties are not allowed ('colour' was unexpected)",
                                null,
                                Multipart.of("vision", "a.png", TEXT).field("colour", "red")),
                        row(
                                "second file",
                                "Additional properties are not allowed ('file' was unexpected)",
                                null,
                                Multipart.of("vision", "a.png", TEXT).file("file", "b.png", TEXT)),
                        row(
                                "no anchor",
                                "'anchor' is a required property - 'expires_after'",
                                "expires_after",
                                Multipart.of("vision", "a.png", TEXT)
                                        .field("expires_after[seconds]", "3600")),
                        row(
                                "no seconds",
                                "'seconds' is a required property - 'expires_after'",
                                "expires_after",
                                Multipart.of("vision", "a.png", TEXT)
                                        .field("expires_after[anchor]", "created_at")),
                        row(
                                "anchor",
                                "'birth' is not one of ['created_at'] - 'expires_after.anchor'",
                                "expires_after.anchor",
                                expiring("birth", "3600")),
                        row(
                                "words",
                                "'soon' is not of type 'integer' - 'expires_after.seconds'",
                                "expires_after.seconds",
                                expiring("created_at", "soon")),
                        row(
                                "too soon",
                                "3599 is less than the minimum of 3600 - 'expires_after.seconds'",
                                "expires_after.seconds",
                                expiring("created_at", "3599")),
                        row(
                                "too late",
                                "2592001 is greater than the maximum of 2592000 - 'expires_after.seconds'",
                                "expires_after.seconds",
                                expiring("created_at", "2592001")))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.name(),
                                        () -> {
                                            api.form("/v1/files", row.form())
                                                    .isFileError(400, row.message(), row.param());
                                            assertThat(names(api.get("/v1/files"))).isEmpty();
                                        }));
    }

    private record Row(String name, String message, String param, Multipart form) {}

    private static Row row(String name, String message, String param, Multipart form) {
        return new Row(name, message, param, form);
    }

    private static Multipart expiring(String anchor, String seconds) {
        return Multipart.of("vision", "a.png", TEXT)
                .field("expires_after[anchor]", anchor)
                .field("expires_after[seconds]", seconds);
    }

    @Test
    void aBodyThatIsNoFormIsRefused() {
        api.with("Content-Type", "application/json")
                .post("/v1/files", "{}")
                .isFileError(
                        400,
                        "Invalid Content-Type header (application/json), expected"
                                + " multipart/form-data. (HINT: If you're using curl, you can pass -H"
                                + " 'Content-Type: multipart/form-data')",
                        null);
        api.body("/v1/files", Multipart.TYPE, Multipart.stream("no form at all"))
                .isFileError(400, "Could not parse multipart form.", null);
        api.body("/v1/files", "multipart/form-data", Multipart.stream("no boundary"))
                .isFileError(400, "Could not parse multipart form.", null);
        api.body("/v1/files", Multipart.TYPE, Multipart.of("vision", "a.png", TEXT).unfinished())
                .isFileError(400, "Could not parse multipart form.", null);
    }

    @Test
    void aFileLivesAsLongAsItWasGiven() {
        JsonNode file = api.form("/v1/files", expiring("created_at", "3600")).json();
        assertThat(file.path("expires_at").asLong() - file.path("created_at").asLong())
                .isEqualTo(3600);
        JsonNode batch = upload("batch", "b.jsonl", "{}").json();
        assertThat(batch.path("expires_at").asLong() - batch.path("created_at").asLong())
                .isEqualTo(2_592_000);
    }

    @Test
    void anExpiredFileIsGoneAndItsBytesAfterIt() {
        String id = api.form("/v1/files", expiring("created_at", "3600")).id();
        String blob = blobOf(id);
        pool.preparedQuery("update files set expires_at = 1 where id = $1")
                .execute(Tuple.of(id))
                .await()
                .indefinitely();

        api.get("/v1/files/" + id).isFileError(404, "No such File object: " + id, "id");
        api.delete("/v1/files/" + id).isFileError(404, "No such File object: " + id, "id");
        assertThat(names(api.get("/v1/files"))).isEmpty();
        files.deleteExpired(100).await().indefinitely();
        blobs.sweep(100).await().indefinitely();
        assertThat(rowsOf(blob)).isZero();
    }

    private String blobOf(String file) {
        return pool.preparedQuery("select blobs from files where id = $1")
                .execute(Tuple.of(file))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getArrayOfStrings("blobs")[0];
    }

    private int rowsOf(String blob) {
        return pool.preparedQuery("select id from blobs where id = $1")
                .execute(Tuple.of(blob))
                .await()
                .indefinitely()
                .size();
    }

    @Test
    void nobodyComesInWithoutAKey() {
        Api nobody = api.without("Authorization");
        assertThat(nobody.form("/v1/files", Multipart.of("vision", "a.png", TEXT)).status())
                .isEqualTo(401);
    }

    @Test
    void aFormIsNoBodyForOtherResources() {
        Api.Answer answer =
                api.with("OpenAI-Beta", "assistants=v2").form("/v1/threads", new Multipart());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/message").asText())
                .startsWith("We could not parse the JSON body of your request.");
    }
}
