package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.embedded.ChildEnvironment;
import dev.threadwell.standalone.Programs.Service;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {

    private static final Map<String, String> USERS =
            Map.ofEntries(
                    Map.entry("PATH", "/bin"),
                    Map.entry("LC_ALL", "C"),
                    Map.entry("https_proxy", "http://proxy"),
                    Map.entry("MODEL_API_KEY", "sk-model"),
                    Map.entry("OPENAI_API_KEY", "sk-openai"),
                    Map.entry("AWS_SECRET_ACCESS_KEY", "aws"),
                    Map.entry("GITHUB_TOKEN", "ghp"),
                    Map.entry("THREADWELL_API_KEY", "sk-tw"),
                    Map.entry("THREADWELL_ADMIN_KEY", "sk-tw-admin"),
                    Map.entry("THREADWELL_EMBEDDINGS_API_KEY", "sk-embed"),
                    Map.entry("THREADWELL_VISION_API_KEY", "sk-vision"),
                    Map.entry("THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD", "open"),
                    Map.entry("THREADWELL_WEB_SEARCH_API_KEY", "tvly"),
                    Map.entry("THREADWELL_THREADS_LIST", "true"),
                    Map.entry("QUARKUS_LOG_LEVEL", "DEBUG"));

    private static final Map<String, String> TOLD =
            Map.of(
                    "THREADWELL_API_KEY", "sk-tw",
                    "THREADWELL_MODEL_API_KEY", "sk-model",
                    "THREADWELL_IMAGE_GENERATION_API_KEY", "sk-images",
                    "QUARKUS_DATASOURCE_PASSWORD", "db");

    @Test
    void everyServiceGetsTheSettingsAndOnlyItsOwnKeys() {
        assertThat(environment(Service.API, USERS))
                .containsOnlyKeys(
                        "PATH",
                        "LC_ALL",
                        "https_proxy",
                        "THREADWELL_API_KEY",
                        "THREADWELL_ADMIN_KEY",
                        "THREADWELL_MODEL_API_KEY",
                        "THREADWELL_EMBEDDINGS_API_KEY",
                        "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD",
                        "THREADWELL_THREADS_LIST",
                        "QUARKUS_LOG_LEVEL",
                        "QUARKUS_DATASOURCE_PASSWORD");
        assertThat(environment(Service.RUN_WORKER, USERS))
                .containsOnlyKeys(
                        "PATH",
                        "LC_ALL",
                        "https_proxy",
                        "THREADWELL_MODEL_API_KEY",
                        "THREADWELL_THREADS_LIST",
                        "QUARKUS_LOG_LEVEL",
                        "QUARKUS_DATASOURCE_PASSWORD");
        assertThat(environment(Service.TOOL_WORKER, USERS))
                .containsOnlyKeys(
                        "PATH",
                        "LC_ALL",
                        "https_proxy",
                        "THREADWELL_MODEL_API_KEY",
                        "THREADWELL_IMAGE_GENERATION_API_KEY",
                        "THREADWELL_VISION_API_KEY",
                        "THREADWELL_EMBEDDINGS_API_KEY",
                        "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD",
                        "THREADWELL_WEB_SEARCH_API_KEY",
                        "THREADWELL_THREADS_LIST",
                        "QUARKUS_LOG_LEVEL",
                        "QUARKUS_DATASOURCE_PASSWORD");
    }

    @Test
    void awsCredentialsArePassedOnlyWhereFilesAreInABucket() {
        Map<String, String> users = new HashMap<>(USERS);
        users.put("THREADWELL_BLOBS_S3_BUCKET", "files");

        assertThat(environment(Service.TOOL_WORKER, users)).containsKey("AWS_SECRET_ACCESS_KEY");
        assertThat(environment(Service.TOOL_WORKER, USERS))
                .doesNotContainKey("AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void aServerGetsNothingOfOurs() {
        var server = new ProcessBuilder("true");
        server.environment().clear();
        server.environment().putAll(USERS);

        ChildEnvironment.plain(server);

        assertThat(server.environment()).containsOnlyKeys("PATH", "LC_ALL", "https_proxy");
    }

    private static Map<String, String> environment(Service service, Map<String, String> users) {
        var child = new ProcessBuilder("true");
        child.environment().clear();
        child.environment().putAll(users);
        var known = new ServiceEnvironment(service, users);
        ChildEnvironment.only(child, known::passes, known.of(TOLD));
        return child.environment();
    }
}
