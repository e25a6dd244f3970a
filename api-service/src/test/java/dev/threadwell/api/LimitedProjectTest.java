package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An installation may limit how much is asked of it, and how long somebody waits for news. */
@QuarkusTest
@TestProfile(LimitedProjectTest.Limited.class)
class LimitedProjectTest {

    /** Three requests at once, and another after twenty seconds; a second for news of a run. */
    public static class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "threadwell.http.requests-per-minute", "3",
                    "threadwell.poll.wait-at-most", "1S");
        }
    }

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    /** A new project, of which nothing has been asked. */
    private Api project() {
        String name = Long.toHexString(System.nanoTime());
        String key = "sk-limited-" + name;
        keys.ensure("proj_limited_" + name, key).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer " + key);
    }

    @Test
    void whoAsksTooMuchIsAskedToSlowDown() {
        Api busy = project();
        for (int i = 0; i < 3; i++) {
            assertThat(busy.get("/v1/assistants").status()).isEqualTo(200);
        }

        refused(busy)
                .isError(
                        429,
                        "You've exceeded the rate limit, please slow down and try again later.",
                        null,
                        "rate_limit_exceeded");
        assertThat(project().get("/v1/assistants").status()).isEqualTo(200);
    }

    /** The first refusal: the fourth request's, unless a third of a minute has passed before it. */
    private static Api.Answer refused(Api busy) {
        return Stream.generate(() -> busy.get("/v1/assistants"))
                .limit(100)
                .filter(answer -> answer.status() != 200)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunThatDoesNotChangeIsShownInTheEnd() {
        Api patient = project().with("X-Stainless-Poll-Helper", "true");
        String thread = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        JsonNode run =
                patient.post(
                                "/v1/threads/runs",
                                "{\"assistant_id\":\"%s\",\"thread\":%s}"
                                        .formatted(patient.assistant(), thread))
                        .json();

        Api.Answer answer =
                patient.get(
                        "/v1/threads/%s/runs/%s"
                                .formatted(
                                        run.path("thread_id").asText(), run.path("id").asText()));

        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(Long.parseLong(answer.header("openai-processing-ms")))
                .isGreaterThanOrEqualTo(1_000);
        assertThat(answer.header("openai-poll-after-ms")).isEqualTo("1");
    }
}
