package dev.threadwell.toolworker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.HeldPort;
import dev.threadwell.toolworker.provider.ProviderServer.Scripted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a provider is sent, and what becomes of its answers and failures. */
class ProviderClientTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Instant LATER = Instant.now().plusSeconds(600);

    private static ProviderClient client(URI url) {
        return new ProviderClient(
                new ProviderTarget(url, "sk-secret"), InstantSource.system(), SHORT, SHORT);
    }

    private static ProviderRequest request() {
        return ProviderRequest.json("/things", Map.of("a", 1), LONG, 1_000);
    }

    private static ProviderAnswer post(ProviderServer provider) {
        return client(provider.url()).post(request(), LATER).await().atMost(LONG);
    }

    @Test
    void aRequestIsPostedWithTheKey() {
        try (var provider = new ProviderServer(new Scripted(200, "{\"b\":2}"))) {
            ProviderAnswer answer = post(provider);

            assertThat(answer.succeeded()).isTrue();
            assertThat(answer.json().path("b").asInt()).isEqualTo(2);
            assertThat(provider.received())
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.path()).isEqualTo("/v1/things");
                                assertThat(one.key()).isEqualTo("Bearer sk-secret");
                                assertThat(one.contentType()).isEqualTo("application/json");
                                assertThat(one.text()).isEqualTo("{\"a\":1}");
                            });
        }
    }

    private static final Map<String, String> EVENTS =
            Map.of("content-type", "text/event-stream; charset=utf-8");

    private static ProviderAnswer streamed(ProviderServer provider, List<String> events) {
        return client(provider.url()).post(request(), LATER, events::add).await().atMost(LONG);
    }

    @Test
    void eventsArePassedOnAndTheLastOneIsTheAnswer() {
        String body =
                "event: a\ndata: {\"n\":1}\n\n: comment\n\ndata:{\"n\":\ndata: 2}\n\n"
                        + "data: [DONE]\n\n";
        List<String> events = new ArrayList<>();
        try (var provider = new ProviderServer(new Scripted(200, body, EVENTS))) {
            ProviderAnswer answer = streamed(provider, events);

            assertThat(events).containsExactly("{\"n\":1}", "{\"n\":\n2}");
            assertThat(answer.json().path("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatIsNoStreamIsTakenAsAWhole() {
        List<String> events = new ArrayList<>();
        try (var provider = new ProviderServer(new Scripted(200, "{\"b\":2}"))) {
            ProviderAnswer answer = streamed(provider, events);

            assertThat(events).isEmpty();
            assertThat(answer.json().path("b").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aStreamIsNotLargerThanTheLimit() {
        String body = "data: 1\n\n".repeat(1_000);
        try (var provider = new ProviderServer(new Scripted(200, body, EVENTS))) {
            assertThatThrownBy(() -> streamed(provider, new ArrayList<>()))
                    .hasMessageContaining("larger than 1000 bytes");
        }
    }

    @Test
    void anOverloadedProviderIsAskedAgain() {
        try (var provider =
                new ProviderServer(
                        new Scripted(429, "", Map.of("retry-after", "1")),
                        new Scripted(503, ""),
                        new Scripted(200, "{}"))) {
            assertThat(post(provider).succeeded()).isTrue();
            assertThat(provider.received()).hasSize(3);
        }
    }

    @Test
    void aProviderThatStaysBrokenIsGivenUp() {
        try (var provider = new ProviderServer(new Scripted(500, "{\"error\":\"No.\"}"))) {
            ProviderAnswer answer = post(provider);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error()).isEqualTo("No.");
            assertThat(provider.received()).hasSize(4);
        }
    }

    @Test
    void noAttemptBeginsWhenTheTimeIsOver() {
        try (var provider = new ProviderServer(new Scripted(500, ""))) {
            ProviderAnswer answer =
                    client(provider.url()).post(request(), Instant.EPOCH).await().atMost(LONG);

            assertThat(answer.error()).isEqualTo("It answered with status 500.");
            assertThat(provider.received()).hasSize(1);
        }
    }

    @Test
    void aRefusalIsNotRepeatedAndDoesNotShowTheKey() {
        try (var provider =
                new ProviderServer(
                        new Scripted(401, "{\"error\":{\"message\":\"Wrong key sk-secret\"}}"))) {
            assertThat(post(provider).error()).isEqualTo("Wrong key ***");
            assertThat(provider.received()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsAFailure() {
        try (var provider = new ProviderServer(new Scripted(200, "x".repeat(1_001)))) {
            assertThatThrownBy(() -> post(provider))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("its answer is larger than 1000 bytes");
            assertThat(provider.received()).hasSize(1);
        }
    }

    @Test
    void aProviderThatIsSilentIsNotWaitedForLongerThanTheTimeout() {
        try (var provider = new ProviderServer(new Scripted(0, ""))) {
            var request = ProviderRequest.json("/things", Map.of(), Duration.ofMillis(300), 1_000);

            assertThatThrownBy(
                            () -> client(provider.url()).post(request, LATER).await().atMost(LONG))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("it did not answer in time");
        }
    }

    @Test
    void aProviderThatIsNotThereCannotBeReached() {
        try (HeldPort port = new HeldPort()) {
            URI url = URI.create("http://127.0.0.1:%d/v1".formatted(port.number()));

            assertThatThrownBy(() -> client(url).post(request(), LATER).await().atMost(LONG))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("it cannot be reached");
        }
    }

    @Test
    void aCancelledRunIsNotWaitedFor() {
        var cancelled = new CancelledRuns();
        try (var provider = new ProviderServer(new Scripted(0, ""))) {
            var asked =
                    cancelled
                            .unless("run_1", client(provider.url()).post(request(), LATER))
                            .subscribeAsCompletionStage();
            Awaitility.await().atMost(LONG).until(() -> !provider.received().isEmpty());

            cancelled.add("run_1");

            assertThat(asked)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(CancelledRuns.Cancelled.class);
        }
    }

    @Test
    void aFormHasItsFieldsAndFiles() {
        try (var provider = new ProviderServer(new Scripted(200, "{}"))) {
            var form =
                    new MultipartForm()
                            .field("prompt", "a boat")
                            .file("image", "a\"b.png", "image/png", new byte[] {'x'});

            client(provider.url())
                    .post(ProviderRequest.multipart("/edits", form, LONG, 1_000), LATER)
                    .await()
                    .atMost(LONG);

            assertThat(provider.received().getFirst().contentType())
                    .startsWith("multipart/form-data; boundary=");
            assertThat(provider.received().getFirst().text())
                    .contains(
                            "name=\"prompt\"\r\n\r\na boat\r\n",
                            "name=\"image\"; filename=\"a%22b.png\"\r\n"
                                    + "content-type: image/png\r\n\r\nx\r\n");
        }
    }
}
