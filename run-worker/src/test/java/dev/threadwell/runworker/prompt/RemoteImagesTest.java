package dev.threadwell.runworker.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.runworker.turn.ImagePart;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Images that users refer to by URL are downloaded; if that fails, the run fails with the reason.
 */
class RemoteImagesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final Egress egress = new Egress(vertx, new AllowedHosts(List.of("127.0.0.1")));
    private final HttpServer server =
            vertx.createHttpServer()
                    .requestHandler(
                            request -> {
                                asked.incrementAndGet();
                                switch (request.path()) {
                                    case "/text.png" -> request.response().end("no picture");
                                    case "/gone.png" -> request.response().setStatusCode(404).end();
                                    default ->
                                            request.response()
                                                    .end(
                                                            Buffer.buffer("GIF89a")
                                                                    .appendString("x".repeat(600)));
                                }
                            })
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();

    /** Accepts 1,000 bytes of images. */
    private final RemoteImages images = new RemoteImages(egress, new SmallPrompts(), true);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    private static Entry shown(String role, String url) {
        return new Entry.Said(
                Json.read(
                        """
                        {"id":"msg_1","object":"thread.message","created_at":1,"thread_id":"t",
                         "status":"completed","role":"%s","attachments":[],"metadata":{},
                         "content":[{"type":"image_url","image_url":{"url":"%s","detail":"auto"}}]}
                        """
                                .formatted(role, url),
                        Message.class));
    }

    private Map<String, ImagePart> fetched(String... urls) {
        return images.of(Stream.of(urls).map(url -> shown("user", url)).toList())
                .await()
                .atMost(LONG);
    }

    @Test
    void aPictureIsFetchedAndGoesAlong() {
        assertThat(fetched(at("/a.gif")).get(at("/a.gif")).url())
                .startsWith("data:image/gif;base64,R0lGODlh");
    }

    @Test
    void aPictureIsFetchedOnce() {
        fetched(at("/a.gif"));
        fetched(at("/a.gif"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void ofManyTheNewestAreFetched() {
        Map<String, ImagePart> found = fetched(at("/1.gif"), at("/2.gif"), at("/3.gif"));
        assertThat(found.get(at("/3.gif")).url()).startsWith("data:");
        assertThat(found.get(at("/1.gif"))).isEqualTo(ImagePart.NOT_SHOWN);
    }

    @Test
    void aPictureThatIsThereAlreadyIsNotFetched() {
        assertThat(fetched("data:image/gif;base64,R0lGODlh")).isEmpty();
    }

    @Test
    void whatAnAssistantShowsIsNotFetched() {
        assertThat(images.of(List.of(shown("assistant", at("/a.gif")))).await().atMost(LONG))
                .isEmpty();
    }

    @Test
    void nothingIsFetchedByAnInstallationThatDoesNotWantIt() {
        RemoteImages none = new RemoteImages(egress, new SmallPrompts(), false);
        assertThat(none.of(List.of(shown("user", at("/a.gif")))).await().atMost(LONG)).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void aPictureThatIsGoneFailsTheRunAndSaysSo() {
        assertThatThrownBy(() -> fetched(at("/gone.png")))
                .isInstanceOf(PromptUnavailable.class)
                .hasMessage(
                        "Error while downloading %s: it answered with status 404."
                                .formatted(at("/gone.png")));
    }

    @Test
    void whatIsNoPictureFailsTheRun() {
        assertThatThrownBy(() -> fetched(at("/text.png")))
                .isInstanceOf(PromptUnavailable.class)
                .hasMessageContaining("it is no PNG");
    }

    @Test
    void aPictureInsideIsNotFetched() {
        assertThatThrownBy(() -> fetched("http://169.254.169.254/a.png"))
                .isInstanceOf(PromptUnavailable.class)
                .hasMessageContaining("not on the public Internet");
    }
}
