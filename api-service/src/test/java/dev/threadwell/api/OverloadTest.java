package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.admission.RunAdmission;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * While more runs wait than workers can take, new ones are refused, and everything else goes on.
 */
@QuarkusTest
class OverloadTest {

    private static final String TEXT =
            "You've exceeded the rate limit, please slow down and try again later.";

    private static final int ENOUGH_READINGS = 40;

    @TestHTTPResource("/")
    URI base;

    @Inject RunAdmission admission;

    private void overloaded() {
        for (int queued = 0; queued < ENOUGH_READINGS; queued++) {
            admission.read(100_000 + queued, Duration.ofSeconds(14));
        }
    }

    @AfterEach
    void everythingIsWorkedOff() {
        for (int i = 0; i < ENOUGH_READINGS; i++) {
            admission.read(0, Duration.ZERO);
        }
    }

    @Test
    void aNewRunIsRefusedAtOnceAndToldWhenToComeBack() {
        Api api = Api.at(base);
        String assistant = api.post("/v1/assistants", "{\"model\":\"gpt-4-turbo\"}").id();
        String thread = api.thread();
        overloaded();

        Api.Answer refused = api.run(thread, assistant);

        refused.isError(429, TEXT, null, "rate_limit_exceeded");
        // The node reads the real queue every few seconds, which is short.
        assertThat(refused.header("retry-after")).isIn("1", "4");
        assertThat(refused.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(Long.parseLong(refused.header("openai-processing-ms"))).isLessThan(50);
        api.post(
                        "/v1/threads/runs",
                        "{\"assistant_id\":\"%s\",\"stream\":true}".formatted(assistant))
                .isError(429, TEXT, null, "rate_limit_exceeded");
        api.older().run(thread, assistant).isError(429, TEXT, null, "rate_limit_exceeded");
    }

    @Test
    void whatWasAcceptedIsReadAndCancelled() {
        Api api = Api.at(base);
        JsonNode run = api.run(api.thread(), api.assistant()).json();
        String path =
                "/v1/threads/%s/runs/%s"
                        .formatted(run.path("thread_id").asText(), run.path("id").asText());
        overloaded();

        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.post(path + "/cancel", "{}").status()).isEqualTo(200);
        assertThat(api.thread()).startsWith("thread_");
    }

    @Test
    void theRepetitionOfAnAcceptedRequestIsAnswered() {
        Api api = Api.at(base).with("Idempotency-Key", "overload-" + System.nanoTime());
        String assistant = Api.at(base).assistant();
        String thread = Api.at(base).thread();
        Api.Answer first = api.run(thread, assistant);
        overloaded();

        Api.Answer again = api.run(thread, assistant);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void whoWasRefusedIsAcceptedWithTheSameKeyLater() {
        Api api = Api.at(base).with("Idempotency-Key", "later-" + System.nanoTime());
        String assistant = Api.at(base).assistant();
        String thread = Api.at(base).thread();
        overloaded();
        assertThat(api.run(thread, assistant).status()).isEqualTo(429);

        everythingIsWorkedOff();

        assertThat(api.run(thread, assistant).status()).isEqualTo(200);
    }

    @Test
    void refusalsAreCounted() {
        Api api = Api.at(base);
        String thread = api.thread();
        String assistant = api.assistant();
        overloaded();
        api.run(thread, assistant);

        assertThat(api.get("/q/metrics").body())
                .containsPattern(
                        "threadwell_requests_refused_total\\{[^}]*limit=\"queued_runs\"[^}]*\\} [1-9]");
    }
}
