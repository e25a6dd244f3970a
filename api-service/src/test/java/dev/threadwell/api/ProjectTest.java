package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.persistence.project.ProjectStore;
import dev.threadwell.persistence.project.ProjectStore.Change;
import dev.threadwell.project.BusyThread;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings of a project, and what hangs on them. */
@QuarkusTest
class ProjectTest {

    private static final String PATH = "/v1/threadwell/project";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject ProjectStore projects;

    private String project;
    private Api api;

    @BeforeEach
    void aProjectOfItsOwn() {
        project = "proj_" + UUID.randomUUID();
        api = of(project);
    }

    private Api of(String id) {
        keys.ensure(id, "sk-" + id).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + id);
    }

    private void shows(Api.Answer answer, String policy, boolean download) {
        shows(answer, policy, download, false);
    }

    private void shows(Api.Answer answer, String policy, boolean download, boolean eventIds) {
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {
                          "id": "%s",
                          "object": "threadwell.project",
                          "busy_thread": "%s",
                          "download_own_files": %s,
                          "event_ids": %s
                        }"""
                                .formatted(project, policy, download, eventIds));
    }

    @Test
    void aProjectBeginsAsTheOriginalIs() {
        shows(api.without("OpenAI-Beta").get(PATH), "reject", false);
    }

    @Test
    void whatIsSetStaysSetAndWhatIsLeftOutStaysAsItIs() {
        shows(api.post(PATH, "{\"busy_thread\":\"enqueue\"}"), "enqueue", false);
        shows(api.post(PATH, "{\"download_own_files\":true}"), "enqueue", true);
        shows(api.post(PATH, "{}"), "enqueue", true);
        shows(api.post(PATH, "{\"event_ids\":true}"), "enqueue", true, true);
        shows(api.get(PATH), "enqueue", true, true);
    }

    @Test
    void nullStandsForTheDefault() {
        api.post(PATH, "{\"busy_thread\":\"enqueue\",\"download_own_files\":true}");
        shows(api.post(PATH, "{\"busy_thread\":null}"), "reject", true);
        shows(api.post(PATH, "{\"download_own_files\":null}"), "reject", false);
        api.post(PATH, "{\"event_ids\":true}");
        shows(api.post(PATH, "{\"event_ids\":null}"), "reject", false);
    }

    @Test
    void aSettingThatThereIsNotIsRefusedInTheWordsOfTheApi() {
        api.post(PATH, "{\"busy_threads\":\"enqueue\"}")
                .isError(
                        400,
                        "Unknown parameter: 'busy_threads'.",
                        "busy_threads",
                        "unknown_parameter");
        api.post(PATH, "{\"busy_thread\":\"queue\"}")
                .isError(
                        400,
                        "Invalid value: 'queue'. Supported values are: 'reject', 'enqueue', and 'interrupt'.",
                        "busy_thread",
                        "invalid_value");
        api.post(PATH, "{\"download_own_files\":\"yes\"}")
                .isError(
                        400,
                        "Invalid type for 'download_own_files': expected a boolean, but got a string instead.",
                        "download_own_files",
                        "invalid_type");
    }

    @Test
    void withoutAKeyThereIsNoProject() {
        assertThat(api.without("Authorization").post(PATH, "{}").status()).isEqualTo(401);
    }

    @Test
    void theSettingsOfAProjectAreNotThoseOfAnother() {
        api.post(PATH, "{\"busy_thread\":\"enqueue\"}");
        project = "proj_" + UUID.randomUUID();
        shows(of(project).get(PATH), "reject", false);
    }

    @Test
    void aProjectMayHaveItsRunsWaitUnlessARequestSaysOtherwise() {
        api.post(PATH, "{\"busy_thread\":\"enqueue\"}");
        String assistant = api.assistant();
        String thread = api.thread();
        api.run(thread, assistant).id();
        assertThat(api.run(thread, assistant).json().path("status").asText()).isEqualTo("queued");
        assertThat(api.with("Threadwell-Busy-Thread", "reject").run(thread, assistant).status())
                .isEqualTo(400);
    }

    @Test
    void aProjectMayHaveBackWhatItUploadedForAssistants() {
        String file =
                api.form("/v1/files", Multipart.of("assistants", "tide.txt", "High at 4.")).id();
        String path = "/v1/files/" + file + "/content";
        assertThat(api.get(path).status()).isEqualTo(400);
        api.post(PATH, "{\"download_own_files\":true}");
        assertThat(api.get(path).body()).isEqualTo("High at 4.");
    }

    /** Another node has changed them: this one learns of it when what it knows is old. */
    @Test
    void aChangeElsewhereIsSeenWithinTenSeconds() {
        String assistant = api.assistant();
        String thread = api.thread();
        api.run(thread, assistant).id();
        projects.change(
                        project,
                        new Change<>(true, BusyThread.ENQUEUE),
                        new Change<>(false, null),
                        new Change<>(false, null))
                .await()
                .indefinitely();
        long late = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long asked;
        Api.Answer answer;
        do {
            asked = System.nanoTime();
            answer = api.run(thread, assistant);
        } while (answer.status() != 200 && asked < late);
        assertThat(answer.status()).isEqualTo(200);
    }
}
