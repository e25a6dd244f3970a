package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The metrics of a node show what it does, and nothing that clients write. */
@QuarkusTest
class MetricsTest {

    @TestHTTPResource("/")
    URI base;

    private String request(String method, String path, String key) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(base.resolve(path))
                                    .header("Authorization", "Bearer " + key)
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String scraped() throws Exception {
        return request("GET", "/q/metrics", "none");
    }

    @Test
    void nothingThatAClientWritesIsALabel() throws Exception {
        request("GET", "/v1/threads/thread_hostile1", "sk-hostile2");
        request("HOSTILE3", "/v1/threads", "sk-hostile2");
        request("GET", "/hostile4/passwd", "sk-hostile2");
        request("GET", "/v1/hostile5?x=hostile6", "sk-hostile2");

        await().untilAsserted(
                        () ->
                                assertThat(scraped())
                                        .contains("http_server_requests_seconds_count")
                                        .doesNotContainIgnoringCase("hostile"));
    }

    @Test
    void requestsHaveTheBucketsOfThePage() throws Exception {
        request("GET", "/v1/models", "none");

        await().untilAsserted(
                        () ->
                                assertThat(scraped())
                                        .containsPattern(
                                                "http_server_requests_seconds_bucket\\{.*le=\"0.025\""));
    }

    @Test
    void theBacklogIsRead() {
        await().untilAsserted(
                        () ->
                                assertThat(scraped())
                                        .containsPattern(
                                                "threadwell_run_workers_alive(\\{[^}]*})? \\d"));
    }

    @Test
    void theConsumerOfRunEventsIsMeasured() throws Exception {
        assertThat(scraped())
                .containsPattern("kafka_consumer_last_poll_seconds_ago\\{.*run-events");
    }
}
