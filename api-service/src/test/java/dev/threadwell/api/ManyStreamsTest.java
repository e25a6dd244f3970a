package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Many clients that take streams up at once, of this node's partition and of others'. */
@QuarkusTest
class ManyStreamsTest {

    private static final int CLIENTS = 60;

    @TestHTTPResource("/")
    URI base;

    @ConfigProperty(name = "threadwell.kafka.partitions")
    int partitions;

    @Inject TestWorker worker;

    @Test
    void whoeverComesWhileOthersComeAndGoIsServed() {
        Api api = Api.at(base);
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        worker.completes(worker.claims(run), "done");
        String path = "/v1/threads/" + thread + "/runs/" + run + "/events";

        List<CompletableFuture<Api.Answer>> answers =
                IntStream.range(0, CLIENTS)
                        .mapToObj(i -> api.with("Last-Event-ID", i % partitions + "-999999"))
                        .map(client -> client.sendAsync("GET", path, null))
                        .toList();

        assertThat(answers)
                .extracting(answer -> answer.join().body())
                .allSatisfy(body -> assertThat(body).endsWith("event: done\ndata: [DONE]\n\n"));
    }
}
