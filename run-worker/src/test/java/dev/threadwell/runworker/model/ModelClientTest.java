package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrival of a provider's answer. */
class ModelClientTest {

    @RegisterExtension static final Provider PROVIDER = new Provider();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** An answer in a single piece, so that no failure can interrupt it. */
    private static final String HI =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";

    private final Heard heard = new Heard();

    private ModelCall ask(Provider.Config config, String direction) {
        return PROVIDER.start(config, direction, heard);
    }

    private ModelCall ask(String direction) {
        return ask(PROVIDER.config(), direction);
    }

    @Test
    void anAnswerArrivesPieceByPieceAndThenItsEnd() {
        ask(
                """
                {"say":"Low tide is at six.","usage":{"prompt_tokens":70,"completion_tokens":7}}""");

        heard.untilItEnds();
        assertThat(heard.pieces()).hasSize(6);
        assertThat(heard.text()).isEqualTo("Low tide is at six.");
        assertThat(heard.events)
                .endsWith(
                        new ModelEvent.Finished("stop"),
                        new ModelEvent.Spent(Usage.of(70, 7, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split_utf8", "glue", "crlf", "comments"})
    void anAnswerIsTheSameHoweverItIsSent(String wire) {
        ask("{\"say\":\"潮水 rises 🌊 twice a day.\",\"%s\":true}".formatted(wire));

        assertThat(heard.untilItEnds().text()).isEqualTo("潮水 rises 🌊 twice a day.");
    }

    @Test
    void aSlowStreamIsNotSilent() {
        ask(PROVIDER.config().idle(Duration.ofSeconds(4)), "{\"tokens\":10,\"gap_ms\":500}");

        assertThat(heard.untilItEnds().pieces()).hasSize(10);
    }

    @Test
    void aCompressedAnswerIsReadThoughNobodyAskedForIt() throws IOException {
        var zipped = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(zipped)) {
            out.write(HI.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        HttpServer server =
                PROVIDER.server(
                        request -> {
                            assertThat(request.getHeader("accept-encoding")).isEqualTo("identity");
                            request.response()
                                    .putHeader("content-encoding", "gzip")
                                    .end(io.vertx.core.buffer.Buffer.buffer(zipped.toByteArray()));
                        });

        ask(Provider.config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void anAnswerWithoutAnEndIsLeft() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        String piece =
                "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
                        .formatted("x".repeat(60_000));
        HttpServer server =
                PROVIDER.server(
                        request -> {
                            request.connection().closeHandler(v -> left.complete(null));
                            request.response().setChunked(true);
                            for (int i = 0; i < 40; i++) {
                                request.response().write(piece);
                            }
                        });

        ask(Provider.config(server), "{}");

        assertThat(heard.untilItFails().error().message())
                .isEqualTo("The model's answer is too long.");
        assertThat(left).succeedsWithin(PATIENCE);
        Provider.await(server.close());
    }

    @Test
    void twoHundredStreamsAtOnceEachArriveWholeAndInOrder() {
        ModelClient client =
                new ModelClient(PROVIDER.vertx, PROVIDER.config(), InstantSource.system());
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Heard one = new Heard();
            all.add(one);
            PROVIDER.start(client, "{\"say\":\"%s\",\"gap_ms\":1}".formatted(counted(i)), one);
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).untilItEnds().text()).isEqualTo(counted(i));
        }
    }

    private static String counted(int stream) {
        return IntStream.range(0, 40)
                .mapToObj(n -> stream + "x" + n)
                .collect(Collectors.joining(" "));
    }
}
