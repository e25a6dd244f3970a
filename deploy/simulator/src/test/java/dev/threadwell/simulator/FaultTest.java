package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, ",
        "401, invalid_request_error, invalid_api_key",
        "429, tokens, rate_limit_exceeded",
        "500, server_error, ",
        "503, server_error, "
    })
    void aStatusComesInOpenAisEnvelope(int status, String type, String code) throws Exception {
        var reply = simulator.complete(Chat.simulate("{\"status\":" + status + "}").streaming());

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error().path("type").asText()).isEqualTo(type);
        assertThat(reply.error().path("code").asText(null)).isEqualTo(code);
        assertThat(reply.error().path("message").asText()).isNotEmpty();
        assertThat(reply.error().has("param")).isTrue();
    }

    @Test
    void aQuotaCanBeUsedUp() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"status\":429,\"code\":\"insufficient_quota\"}"));

        assertThat(reply.error().path("type").asText()).isEqualTo("insufficient_quota");
        assertThat(reply.error().path("message").asText()).contains("exceeded your current quota");
    }

    @Test
    void retryAfterIsAHeader() throws Exception {
        var reply = simulator.complete(Chat.simulate("{\"status\":429,\"retry_after\":2}"));

        assertThat(reply.headers().firstValue("retry-after")).contains("2");
        assertThat(reply.headers().firstValue("retry-after-ms")).isEmpty();
    }

    @Test
    void aDecimalRetryAfterIsAlsoGivenInMilliseconds() throws Exception {
        var reply = simulator.complete(Chat.simulate("{\"status\":503,\"retry_after\":0.25}"));

        assertThat(reply.headers().firstValue("retry-after")).contains("1");
        assertThat(reply.headers().firstValue("retry-after-ms")).contains("250");
    }

    @Test
    void aFaultEndsAfterItsTimes() throws Exception {
        var chat =
                Chat.simulate("{\"status\":500,\"times\":2,\"key\":\"twice\",\"say\":\"At last\"}");

        assertThat(simulator.complete(chat).status()).isEqualTo(500);
        assertThat(simulator.complete(chat).status()).isEqualTo(500);
        assertThat(simulator.complete(chat).content()).isEqualTo("At last");
    }

    @Test
    void keysCountOnTheirOwn() throws Exception {
        simulator.complete(Chat.simulate("{\"status\":500,\"times\":1,\"key\":\"one\"}"));

        var other =
                simulator.complete(Chat.simulate("{\"status\":500,\"times\":1,\"key\":\"two\"}"));

        assertThat(other.status()).isEqualTo(500);
    }

    @Test
    void hangingBeforeHeadersSendsNothing() {
        var request =
                simulator.post(
                        RunningSimulator.COMPLETIONS,
                        Chat.simulate("{\"hang\":\"before_headers\"}").streaming().toString(),
                        Duration.ofMillis(300));

        assertThatThrownBy(() -> simulator.client().send(request, BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void hangingAfterTokensKeepsTheConnectionOpen() throws Exception {
        var chat = Chat.simulate("{\"tokens\":9,\"hang\":\"after_tokens\",\"hang_after\":3}");
        var received = new CopyOnWriteArrayList<Events.Event>();
        var reader = Thread.ofVirtual().start(() -> readUntilInterrupted(chat, received));

        RunningSimulator.eventually(() -> new Events(received).pieces("content").size() == 3);

        assertThat(simulator.stats().path("under_way").asInt()).isEqualTo(1);
        assertThat(reader.isAlive()).isTrue();
        reader.interrupt();
        RunningSimulator.eventually(() -> simulator.stats().path("aborted").asInt() == 1);
    }

    @Test
    void aCutStreamHasNoEnd() throws Exception {
        var received = allThatCame("{\"tokens\":9,\"cut_after\":4}");

        assertThat(received.pieces("content")).hasSize(4);
        assertThat(received.finishReasons()).isEmpty();
        RunningSimulator.eventually(() -> simulator.stats().path("faulted").asInt() == 1);
    }

    @Test
    void aCutBehindTheLastTokenStillComesBeforeTheEnd() throws Exception {
        var received = allThatCame("{\"tokens\":2,\"cut_after\":50}");

        assertThat(received.pieces("content")).hasSize(2);
        assertThat(received.finishReasons()).isEmpty();
    }

    @Test
    void aClientMeetsACutAsAnError() {
        var chat = Chat.simulate("{\"tokens\":9,\"cut_after\":4}");

        assertThatThrownBy(() -> simulator.stream(chat)).isInstanceOf(IOException.class);
    }

    @Test
    void aWholeAnswerIsCutInItsMiddle() {
        var chat = Chat.simulate("{\"tokens\":9,\"cut_after\":4}");

        assertThatThrownBy(() -> simulator.complete(chat)).isInstanceOf(IOException.class);
    }

    /** Read from a plain socket: once a connection fails, Java's client drops what it had read. */
    private static Events allThatCame(String direction) throws IOException {
        try (var socket = simulator.ask(Chat.simulate(direction).streaming());
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            return new Events(
                    lines.lines()
                            .filter(line -> line.startsWith("data: "))
                            .map(line -> new Events.Event(line.substring(6), System.nanoTime()))
                            .toList());
        }
    }

    private static void readUntilInterrupted(
            Chat chat, CopyOnWriteArrayList<Events.Event> received) {
        try {
            simulator.stream(chat, received);
        } catch (IOException | InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }
}
