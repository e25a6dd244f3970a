package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Projects, service accounts and keys, as the administration makes and ends them. */
@QuarkusTest
class AdministrationTest {

    private static final String PROJECTS = "/v1/organization/projects";

    @TestHTTPResource("/")
    URI base;

    private Api admin;

    @BeforeEach
    void open() {
        admin = Api.administration(base);
    }

    private String project() {
        return admin.post(PROJECTS, "{\"name\":\"Harbour\"}").id();
    }

    private JsonNode account(String project) {
        Api.Answer answer =
                admin.post(PROJECTS + "/" + project + "/service_accounts", "{\"name\":\"Pilot\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Api with(JsonNode key) {
        return Api.at(base).keyed(key.path("value").asText());
    }

    private JsonNode restricted(String project, String account, String scopes) {
        return admin.post(
                        "%s/%s/service_accounts/%s/api_keys".formatted(PROJECTS, project, account),
                        "{\"name\":\"k\",\"scopes\":[%s]}".formatted(scopes))
                .json();
    }

    @Test
    void aNewProjectIsShownAsTheOriginalShowsIt() {
        Api.Answer answer = admin.post(PROJECTS, "{\"name\":\"Harbour\"}");
        assertThat(answer.body())
                .matches(
                        """
                        \\{
                          "object": "organization.project",
                          "id": "proj_[A-Za-z0-9]{24}",
                          "name": "Harbour",
                          "created_at": \\d+,
                          "archived_at": null,
                          "status": "active"
                        }""");
        assertThat(admin.get(PROJECTS + "/" + answer.id()).body()).isEqualTo(answer.body());
    }

    @Test
    void aProjectIsRenamed() {
        String project = project();
        assertThat(
                        admin.post(PROJECTS + "/" + project, "{\"name\":\"Quay\"}")
                                .json()
                                .path("name")
                                .asText())
                .isEqualTo("Quay");
        assertThat(admin.get(PROJECTS + "/" + project).json().path("name").asText())
                .isEqualTo("Quay");
    }

    @TestFactory
    Stream<DynamicTest> aBodyThatIsWrongIsRefusedInTheWordsOfTheApi() {
        return Stream.of(
                        List.of("{}", "Missing required parameter: 'name'."),
                        List.of(
                                "{\"name\":\"\"}",
                                "Invalid 'name': empty string. Expected a string with minimum"
                                        + " length 1, but got an empty string instead."),
                        List.of(
                                "{\"name\":1}",
                                "Invalid type for 'name': expected a string, but got an integer"
                                        + " instead."),
                        List.of(
                                "{\"name\":\"a\",\"residency\":\"EU_STORAGE_PROCESSING\"}",
                                "Invalid value: 'EU_STORAGE_PROCESSING'. Supported values are:"
                                        + " 'GLOBAL'."),
                        List.of(
                                "{\"name\":\"a\",\"external_key_id\":\"k\"}",
                                "Unknown parameter: 'external_key_id'."))
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.getFirst(),
                                        () -> {
                                            Api.Answer answer = admin.post(PROJECTS, c.getFirst());
                                            assertThat(answer.status()).isEqualTo(400);
                                            assertThat(answer.json().at("/error/message").asText())
                                                    .isEqualTo(c.getLast());
                                        }));
    }

    @Test
    void aProjectThatThereIsNotIsNotFound() {
        admin.get(PROJECTS + "/proj_nowhere")
                .isError(404, "No project found with id 'proj_nowhere'.", null, null);
    }

    @Test
    void projectsAreListedPageByPageAndArchivedOnesOnRequestOnly() {
        String first = project();
        String second = project();
        String third = project();
        admin.post(PROJECTS + "/" + second + "/archive", "");

        JsonNode page = admin.get(PROJECTS + "?limit=1&after=" + third).json();
        assertThat(page.at("/data/0/id").asText()).isEqualTo(first);
        assertThat(page.path("first_id").asText()).isEqualTo(first);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(
                        admin.get(PROJECTS + "?limit=1&include_archived=true&after=" + third)
                                .json()
                                .at("/data/0/id")
                                .asText())
                .isEqualTo(second);
        admin.get(PROJECTS + "?after=proj_nowhere")
                .isError(404, "No project found with id 'proj_nowhere'.", null, null);
    }

    @Test
    void aServiceAccountComesWithAKeyThatOpensItsProjectAndIsShownOnce() {
        String project = project();
        JsonNode account = account(project);
        JsonNode key = account.path("api_key");

        assertThat(key.path("value").asText()).matches("sk-tw-[A-Za-z0-9]{49}");
        String assistant = with(key).assistant();
        assertThat(with(key).get("/v1/assistants").header("openai-project")).isEqualTo(project);
        assertThat(Api.at(base).get("/v1/assistants/" + assistant).status()).isEqualTo(404);

        String keys = PROJECTS + "/" + project + "/api_keys";
        assertThat(admin.get(keys).body()).doesNotContain(key.path("value").asText());
        assertThat(
                        admin.get(keys + "/" + key.path("id").asText())
                                .json()
                                .at("/owner/type")
                                .asText())
                .isEqualTo("service_account");
        assertThat(
                        admin.get(PROJECTS + "/" + project + "/service_accounts")
                                .json()
                                .at("/data/0/id")
                                .asText())
                .isEqualTo(account.path("id").asText());
    }

    @Test
    void aServiceAccountMayHaveNoKey() {
        JsonNode account =
                admin.post(
                                PROJECTS + "/" + project() + "/service_accounts",
                                "{\"name\":\"Pilot\",\"create_service_account_only\":true}")
                        .json();
        assertThat(account.path("api_key").isNull()).isTrue();
        assertThat(account.path("role").asText()).isEqualTo("none");
    }

    @Test
    void aServiceAccountIsRenamed() {
        String project = project();
        String path =
                "%s/%s/service_accounts/%s"
                        .formatted(PROJECTS, project, account(project).path("id").asText());
        assertThat(admin.post(path, "{\"name\":\"Mate\",\"role\":\"owner\"}").status())
                .isEqualTo(200);
        assertThat(admin.get(path).json().path("name").asText()).isEqualTo("Mate");
        assertThat(admin.get(path).json().path("role").asText()).isEqualTo("owner");
    }

    @Test
    void aKeyThatIsDeletedIsRefusedAtOnceAndTheOthersGoOn() {
        String project = project();
        JsonNode account = account(project);
        JsonNode former = account.path("api_key");
        JsonNode next = restricted(project, account.path("id").asText(), "");
        assertThat(with(former).get("/v1/assistants").status()).isEqualTo(200);

        String path = PROJECTS + "/" + project + "/api_keys/" + former.path("id").asText();
        assertThat(admin.delete(path).json().path("object").asText())
                .isEqualTo("organization.project.api_key.deleted");

        assertThat(with(former).get("/v1/assistants").json().at("/error/code").asText())
                .isEqualTo("invalid_api_key");
        assertThat(with(next).get("/v1/assistants").status()).isEqualTo(200);
        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat(admin.delete(path).status()).isEqualTo(404);
    }

    @Test
    void withAServiceAccountGoItsKeys() {
        String project = project();
        JsonNode account = account(project);
        assertThat(with(account.path("api_key")).get("/v1/assistants").status()).isEqualTo(200);

        String path =
                "%s/%s/service_accounts/%s"
                        .formatted(PROJECTS, project, account.path("id").asText());
        assertThat(admin.delete(path).json().path("deleted").asBoolean()).isTrue();

        assertThat(with(account.path("api_key")).get("/v1/assistants").status()).isEqualTo(401);
        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat(admin.get(PROJECTS + "/" + project + "/api_keys").json().path("data")).isEmpty();
    }

    @Test
    void anArchivedProjectIsClosed() {
        String project = project();
        JsonNode account = account(project);
        assertThat(with(account.path("api_key")).get("/v1/assistants").status()).isEqualTo(200);

        assertThat(
                        admin.post(PROJECTS + "/" + project + "/archive", "")
                                .json()
                                .path("status")
                                .asText())
                .isEqualTo("archived");

        assertThat(
                        with(account.path("api_key"))
                                .get("/v1/assistants")
                                .json()
                                .at("/error/code")
                                .asText())
                .isEqualTo("project_archived");
        String message =
                "Project '%s' is archived. You can only update an active project."
                        .formatted(project);
        admin.post(PROJECTS + "/" + project, "{\"name\":\"x\"}")
                .isError(400, message, null, "project_archived");
        admin.post(PROJECTS + "/" + project + "/service_accounts", "{\"name\":\"x\"}")
                .isError(400, message, null, "project_archived");
        admin.get(PROJECTS + "/" + project + "/service_accounts")
                .isError(400, message, null, "project_archived");
    }

    @Test
    void theDefaultProjectStaysOpen() {
        assertThat(admin.post(PROJECTS + "/proj_default/archive", "").status()).isEqualTo(400);
    }

    @Test
    void aKeyEndsWhenItExpires() {
        String project = project();
        JsonNode key =
                admin.post(
                                PROJECTS + "/" + project + "/service_accounts",
                                "{\"name\":\"a\",\"expires_in_seconds\":1}")
                        .json()
                        .path("api_key");
        assertThat(key.path("expires_at").asLong()).isEqualTo(key.path("created_at").asLong() + 1);
        await().untilAsserted(
                        () -> assertThat(with(key).get("/v1/assistants").status()).isEqualTo(401));
    }

    @TestFactory
    Stream<DynamicTest> aScopeOpensItsEndpointsOnly() {
        String project = project();
        String account = account(project).path("id").asText();
        JsonNode reading = restricted(project, account, "\"api.all.read\"");
        JsonNode running = restricted(project, account, "\"api.threads.write\"");
        return Stream.of(
                        new Scoped(reading, "GET /v1/assistants", ""),
                        new Scoped(reading, "GET /v1/threadwell/project", ""),
                        new Scoped(reading, "POST /v1/assistants", "api.assistants.write"),
                        new Scoped(reading, "POST /v1/threads", "api.threads.write"),
                        new Scoped(reading, "POST /v1/files", "api.files.write"),
                        new Scoped(reading, "POST /v1/uploads", "api.files.write"),
                        new Scoped(
                                reading,
                                "DELETE /v1/vector_stores/vs_1",
                                "api.vector_stores.write"),
                        new Scoped(reading, "POST /v1/threadwell/project", "api.all.write"),
                        new Scoped(running, "POST /v1/threads", ""),
                        new Scoped(running, "GET /v1/assistants", "api.assistants.read"),
                        new Scoped(running, "GET /v1/models", "api.model.read"),
                        new Scoped(running, "GET /v1/files", "api.files.read"),
                        new Scoped(running, "GET /v1/vector_stores", "api.vector_stores.read"),
                        new Scoped(running, "GET /v1/threadwell/project", "api.all.read"))
                .map(c -> DynamicTest.dynamicTest(c.request() + " " + c.missing(), () -> check(c)));
    }

    private record Scoped(JsonNode key, String request, String missing) {}

    private void check(Scoped c) {
        String[] parts = c.request().split(" ");
        Api.Answer answer =
                with(c.key()).send(parts[0], parts[1], parts[0].equals("POST") ? "{}" : null);
        if (c.missing().isEmpty()) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        } else {
            // Errors of files have a second copy of their message, so the whole is not compared.
            JsonNode error = answer.json().path("error");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(error.path("code").asText()).isEqualTo("missing_scope");
            assertThat(error.path("message").asText())
                    .isEqualTo(
                            "You have insufficient permissions for this operation. Missing scopes: "
                                    + c.missing()
                                    + ". Check that you have the correct role in your organization"
                                    + " (Reader, Writer, Owner) and project (Member, Owner), and if"
                                    + " you're using a restricted API key, that it has the"
                                    + " necessary scopes.");
        }
    }

    @Test
    void theScopesOfAKeyAreChanged() {
        String project = project();
        JsonNode key = account(project).path("api_key");
        with(key).assistant();
        String path = PROJECTS + "/" + project + "/api_keys/" + key.path("id").asText();
        admin.post(path, "{\"scopes\":[\"api.all.read\"],\"expires_in_seconds\":60}");
        assertThat(with(key).post("/v1/assistants", "{\"model\":\"m\"}").status()).isEqualTo(401);
        assertThat(
                        admin.with("Threadwell-Extensions", "true")
                                .get(path)
                                .json()
                                .at("/scopes/0")
                                .asText())
                .isEqualTo("api.all.read");
        admin.post(path, "{\"scopes\":[]}");
        with(key).assistant();
    }

    @Test
    void aKeyOfAProjectOpensNothingOfTheAdministration() {
        Api.at(base)
                .get(PROJECTS)
                .isError(
                        403,
                        "You have insufficient permissions for this operation. Missing scopes:"
                                + " api.management.read. Check that you have the correct role in"
                                + " your organization (Reader, Writer, Owner), and if you're using"
                                + " a restricted API key, that it has the necessary scopes.",
                        null,
                        "missing_scope");
        assertThat(Api.at(base).post(PROJECTS, "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(Api.at(base).get("/v1/organization/users").status()).isEqualTo(403);
        assertThat(Api.at(base).keyed("sk-none").get(PROJECTS).status()).isEqualTo(401);
        assertThat(admin.without("Authorization").get(PROJECTS).status()).isEqualTo(401);
    }

    @TestFactory
    Stream<DynamicTest> anAdminKeyOpensNothingOfAProject() {
        return Stream.of(
                        "/v1/assistants",
                        "/v1/threads",
                        "/v1/files",
                        "/v1/vector_stores",
                        "/v1/models",
                        "/v1/threadwell/project")
                .map(
                        path ->
                                DynamicTest.dynamicTest(
                                        path,
                                        () ->
                                                assertThat(
                                                                admin.get(path)
                                                                        .json()
                                                                        .at("/error/code")
                                                                        .asText())
                                                        .isEqualTo("missing_scope")));
    }

    @TestFactory
    Stream<DynamicTest> whatHasNoMeaningHereIsNotFound() {
        return Stream.of("invites", "users", "groups", "certificates", "roles", "nothing")
                .map(
                        what ->
                                DynamicTest.dynamicTest(
                                        what,
                                        () ->
                                                admin.get("/v1/organization/" + what)
                                                        .isError(
                                                                404,
                                                                "Invalid URL (GET /v1/organization/"
                                                                        + what
                                                                        + ")",
                                                                null,
                                                                null)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsInAnotherProjectDoesNotExist() {
        String project = project();
        JsonNode account = account(project);
        String other = PROJECTS + "/" + project();
        String key = "/api_keys/" + account.at("/api_key/id").asText();
        String owner = "/service_accounts/" + account.path("id").asText();
        return Stream.of(
                        "GET " + key,
                        "POST " + key,
                        "DELETE " + key,
                        "GET " + owner,
                        "POST " + owner,
                        "DELETE " + owner,
                        "POST " + owner + "/api_keys")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        request,
                                        () -> {
                                            String[] parts = request.split(" ");
                                            Api.Answer answer =
                                                    admin.send(
                                                            parts[0],
                                                            other + parts[1],
                                                            parts[0].equals("POST") ? "{}" : null);
                                            assertThat(answer.status()).isEqualTo(404);
                                        }));
    }

    @Test
    void noAnswerWithAKeyIsKeptForARepetition() {
        String path = PROJECTS + "/" + project() + "/service_accounts";
        Api twice = admin.with("Idempotency-Key", UUID.randomUUID().toString());
        String first = twice.post(path, "{\"name\":\"a\"}").body();
        Api.Answer second = twice.post(path, "{\"name\":\"a\"}");
        assertThat(second.body()).isNotEqualTo(first);
        assertThat(second.header("Idempotency-Replayed")).isEmpty();
    }
}
