package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.file.UploadStore;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files that come in parts. */
@QuarkusTest
class UploadTest {

    private static final String CREATE =
            "{\"filename\":\"harbour.jsonl\",\"purpose\":\"fine-tune\",\"bytes\":8,"
                    + "\"mime_type\":\"text/jsonl\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject UploadStore uploads;
    @Inject Pool pool;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base).without("OpenAI-Beta");
    }

    private String created() {
        return api.post("/v1/uploads", CREATE).id();
    }

    private Api.Answer add(String upload, String text) {
        return api.form(
                "/v1/uploads/" + upload + "/parts", new Multipart().file("data", "blob", text));
    }

    private Api.Answer complete(String upload, String... parts) {
        return api.post("/v1/uploads/" + upload + "/complete", "{" + partIds(parts) + "}");
    }

    private static String partIds(String... parts) {
        return Stream.of(parts)
                .map(id -> "\"" + id + "\"")
                .collect(Collectors.joining(",", "\"part_ids\":[", "]"));
    }

    private void expire(String upload) {
        pool.preparedQuery("update uploads set expires_at = 1 where id = $1")
                .execute(Tuple.of(upload))
                .await()
                .indefinitely();
    }

    private long rows(String sql, String id) {
        return pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely().size();
    }

    private static Api.Answer refused(Api.Answer answer, int status, String message) {
        assertThat(answer.json().at("/error/message").asText()).isEqualTo(message);
        assertThat(answer.body()).endsWith("}\n").doesNotContain("detail");
        assertThat(answer.status()).isEqualTo(status);
        return answer;
    }

    @Test
    void anUploadIsShownAsTheOriginalShowsIt() {
        Api.Answer pending = api.post("/v1/uploads", CREATE);
        assertThat(pending.settled()).isEqualTo(Api.wire("upload_pending.json"));
        assertThat(pending.id()).matches("upload_[0-9a-f]{32}");
        JsonNode json = pending.json();
        assertThat(json.path("expires_at").asLong() - json.path("created_at").asLong())
                .isEqualTo(3600);
        Api.Answer part = add(pending.id(), "{\"a\":1}\n");
        assertThat(part.settled()).isEqualTo(Api.wire("upload_part.json"));
        assertThat(part.id()).matches("part_[0-9a-f]{32}");
        Api.Answer completed = complete(pending.id(), part.id());
        assertThat(completed.settled()).isEqualTo(Api.wire("upload_completed.json"));
    }

    @Test
    void theFileHasItsPartsInTheOrderInWhichTheyAreNamed() {
        String upload = created();
        String second = add(upload, "ours").id();
        String first = add(upload, "harb").id();
        add(upload, "never used");
        JsonNode file = complete(upload, first, second).json().path("file");

        String path = "/v1/files/" + file.path("id").asText();
        assertThat(api.get(path).json()).isEqualTo(file);
        assertThat(api.get(path + "/content").body()).isEqualTo("harbours");
        assertThat(rows("select id from upload_parts where upload_id = $1", upload)).isZero();
        assertThat(rows("select id from blobs where owner = $1", upload)).isZero();
        assertThat(api.delete(path).status()).isEqualTo(200);
        assertThat(rows("select id from blobs where owner = $1", file.path("id").asText()))
                .isZero();
    }

    @Test
    void aCompletionThatIsSentAgainIsAnsweredAgain() {
        String upload = created();
        String part = add(upload, "harbours").id();
        Api.Answer first = complete(upload, part);
        assertThat(complete(upload, part).body()).isEqualTo(first.body());
    }

    @Test
    void theChecksumHasToBeThatOfTheBytes() {
        String upload = created();
        String part = add(upload, "harbours").id();
        String path = "/v1/uploads/" + upload + "/complete";
        refused(
                api.post(path, "{" + partIds(part) + ",\"md5\":\"ffff\"}"),
                400,
                "The md5 checksum of the bytes uploaded (55372474afe7e24d104b7b169ae7a686) does not"
                        + " match the one given (ffff).");
        String right = "{" + partIds(part) + ",\"md5\":\"55372474AFE7E24D104B7B169AE7A686\"}";
        assertThat(api.post(path, right).status()).isEqualTo(200);
    }

    @Test
    void theBytesHaveToBeAsManyAsAnnounced() {
        String upload = created();
        String part = add(upload, "too long by far").id();
        refused(
                complete(upload, part),
                400,
                "The number of bytes uploaded (15) does not match the number of bytes specified when"
                        + " the Upload was created (8).");
        assertThat(complete(upload, add(upload, "harbours").id()).status()).isEqualTo(200);
    }

    @Test
    void aPartOfAnotherUploadIsNone() {
        String part = add(created(), "harbours").id();
        refused(complete(created(), part), 404, "No such Part object: " + part);
    }

    @Test
    void aPartIsUsedOnce() {
        String upload = created();
        String part = add(upload, "harb").id();
        refused(complete(upload, part, part), 400, "Part " + part + " is named twice.");
    }

    @Test
    void aCancelledUploadIsOver() {
        String upload = created();
        String part = add(upload, "harbours").id();
        Api.Answer cancelled = api.post("/v1/uploads/" + upload + "/cancel", "");
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(rows("select id from blobs where owner = $1", upload)).isZero();
        isOver(upload, part, "cancelled");
        assertThat(api.post("/v1/uploads/" + upload + "/cancel", "").body())
                .isEqualTo(cancelled.body());
    }

    private void isOver(String upload, String part, String status) {
        refused(
                add(upload, "more"),
                400,
                "Cannot add a part to upload with status '" + status + "'.");
        if (!status.equals("completed")) {
            refused(
                    complete(upload, part),
                    400,
                    "Cannot complete upload with status '" + status + "'.");
        }
        if (!status.equals("cancelled")) {
            refused(
                    api.post("/v1/uploads/" + upload + "/cancel", "{}"),
                    400,
                    "Cannot cancel upload with status '" + status + "'.");
        }
    }

    @Test
    void aCompletedUploadIsOver() {
        String upload = created();
        String part = add(upload, "harbours").id();
        complete(upload, part);
        isOver(upload, part, "completed");
    }

    @Test
    void anUploadIsOverAfterAnHourBeforeAndAfterItIsSwept() {
        String upload = created();
        String part = add(upload, "harbours").id();
        expire(upload);
        isOver(upload, part, "expired");
        uploads.expireOverdue(1000).await().indefinitely();
        isOver(upload, part, "expired");
        assertThat(rows("select id from blobs where owner = $1", upload)).isZero();
        assertThat(rows("select id from upload_parts where upload_id = $1", upload)).isZero();
    }

    @Test
    void theUploadsOfAnotherProjectDoNotExist() {
        String upload = created();
        String part = add(upload, "harbours").id();
        keys.ensure("proj_other", Api.OTHER_KEY).await().indefinitely();
        api = api.with("Authorization", "Bearer " + Api.OTHER_KEY);
        String message = "No such Upload object: " + upload;
        refused(add(upload, "x"), 404, message);
        refused(complete(upload, part), 404, message);
        refused(api.post("/v1/uploads/" + upload + "/cancel", ""), 404, message);
    }

    @TestFactory
    Stream<DynamicTest> aWrongRequestIsRefused() {
        return Stream.of(
                        List.of("{}", "Missing required parameter: 'filename'."),
                        List.of(
                                CREATE.replace("\"bytes\":8", "\"bytes\":0"),
                                "Invalid 'bytes': integer below minimum value. Expected a value >="
                                        + " 1, but got 0 instead."),
                        List.of(
                                CREATE.replace("\"bytes\":8", "\"bytes\":8589934593"),
                                "Invalid 'bytes': integer above maximum value. Expected a value <="
                                        + " 8589934592, but got 8589934593 instead."),
                        List.of(
                                CREATE.replace("fine-tune", "fun"),
                                "Invalid value: 'fun'. Supported values are: 'fine-tune',"
                                        + " 'assistants', 'batch', 'user_data', 'vision', and"
                                        + " 'evals'."),
                        List.of(
                                CREATE.replace("}", ",\"colour\":\"red\"}"),
                                "Unknown parameter: 'colour'."),
                        List.of(
                                CREATE.replace(
                                        "}",
                                        ",\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":1}}"),
                                "Invalid 'expires_after.seconds': integer below minimum value."
                                        + " Expected a value >= 3600, but got 1 instead."))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.get(1),
                                        () ->
                                                refused(
                                                        api.post("/v1/uploads", row.get(0)),
                                                        400,
                                                        row.get(1))));
    }

    @Test
    void aPartNeedsItsData() {
        String path = "/v1/uploads/" + created() + "/parts";
        refused(api.form(path, new Multipart()), 400, "'data' is a required property");
    }

    @Test
    void theFileLivesAsLongAsWasAnnounced() {
        String expiring =
                CREATE.replace(
                        "}", ",\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":7200}}");
        String upload = api.post("/v1/uploads", expiring).id();
        JsonNode file = complete(upload, add(upload, "harbours").id()).json().path("file");
        assertThat(file.path("expires_at").asLong() - file.path("created_at").asLong())
                .isEqualTo(7200);
    }
}
