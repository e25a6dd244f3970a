package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is away, or does not answer: clients hear that they can ask again, and soon. */
@QuarkusTest
@QuarkusTestResource(value = PostgresProxy.class, restrictToAnnotatedClass = true)
class DatabaseOutageTest {

    private static final String OVERLOADED =
            "The server is currently overloaded with other requests. Sorry about that! You can"
                    + " retry your request, or contact us through our help center at"
                    + " help.openai.com if the error persists.";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TestHTTPResource("/")
    URI base;

    PostgresProxy postgres;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
        assertThat(api.get("/v1/assistants").status()).isEqualTo(200);
    }

    @AfterEach
    void recover() {
        postgres.recover();
        await().atMost(PATIENCE).until(() -> api.get("/v1/assistants").status() == 200);
    }

    private List<Supplier<Api.Answer>> requests() {
        return List.of(
                () -> api.get("/v1/assistants"),
                () -> api.post("/v1/threads", "{}"),
                () -> api.older().get("/v1/assistants"),
                () ->
                        api.post(
                                "/v1/threads/thread_1/runs",
                                "{\"assistant_id\":\"asst_1\",\"stream\":true}"),
                () -> api.with("Idempotency-Key", "k").post("/v1/threads", "{}"),
                () -> api.with("Authorization", "Bearer sk-nobody-knows").get("/v1/assistants"));
    }

    private void areToldToComeBack() {
        for (Supplier<Api.Answer> request : requests()) {
            long start = System.nanoTime();
            Api.Answer answer = request.get();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("2");
            assertThat(answer.json().at("/error/message").asText()).isEqualTo(OVERLOADED);
            assertThat(answer.json().at("/error/type").asText()).isEqualTo("server_error");
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerHoldsNobodyForLong() {
        postgres.hang();
        areToldToComeBack();
    }

    @Test
    void aDatabaseThatIsAwayIsNoFaultOfOurs() {
        postgres.vanish();
        areToldToComeBack();
    }

    @Test
    void aNodeWithoutADatabaseIsNotReadyButNeedsNoRestart() {
        await().atMost(PATIENCE).until(() -> api.get("/q/health/ready").status() == 200);
        postgres.vanish();
        await().atMost(PATIENCE).until(() -> api.get("/q/health/ready").status() == 503);
        assertThat(api.get("/q/health/live").status()).isEqualTo(200);
        assertThat(api.get("/q/health").body())
                .contains("\"The database answers\"")
                .doesNotContain("127.0.0.1", "localhost", "Exception", "refused");
    }
}
