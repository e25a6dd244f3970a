package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How those who poll learn of a run's changes; of what nothing comes of, see {@link
 * LimitedProjectTest}.
 */
@QuarkusTest
class PollTest {

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;
    private String run;
    private String path;

    @BeforeEach
    void queue() {
        api = Api.at(base);
        String thread = api.thread();
        run = api.run(thread, api.assistant()).id();
        path = "/v1/threads/" + thread + "/runs/" + run;
    }

    @Test
    void aPlainGetAnswersAtOnce() {
        Api.Answer answer = api.get(path);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.header("openai-poll-after-ms")).isEqualTo("500");
    }

    @Test
    void aPollHelperHearsOfTheEnd() {
        Api helper = api.with("X-Stainless-Poll-Helper", "true");
        CompletableFuture<Api.Answer> waiting = helper.sendAsync("GET", path, null);
        RunRow row = worker.claims(run);
        worker.completes(row, "done");
        String status = waiting.join().json().path("status").asText();
        assertThat(status).isEqualTo("completed");
    }

    @Test
    void aRunThatHasEndedIsNotWaitedFor() {
        worker.completes(worker.claims(run), "done");
        Api.Answer answer = api.with("X-Stainless-Poll-Helper", "true").get(path);
        assertThat(answer.json().path("status").asText()).isEqualTo("completed");
        assertThat(answer.headers().firstValue("openai-poll-after-ms")).isEmpty();
        assertThat(Long.parseLong(answer.header("openai-processing-ms"))).isLessThan(40_000);
    }
}
