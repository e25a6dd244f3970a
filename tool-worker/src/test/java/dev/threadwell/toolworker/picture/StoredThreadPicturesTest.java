package dev.threadwell.toolworker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.ImageFormat;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.LocalEgress;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a picture, and what is not. */
class StoredThreadPicturesTest {

    private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};
    private static final ToolRequested CALL =
            new ToolRequested(
                    "proj",
                    "thread_1",
                    "run_1",
                    "step_1",
                    "call_1",
                    ToolKind.IMAGE_TO_TEXT,
                    null,
                    "image_to_text",
                    "{}",
                    Long.MAX_VALUE);

    private static Vertx vertx;
    private static Egress egress;

    private final Map<String, byte[]> files = new HashMap<>();
    private final ThreadPictures pictures =
            new StoredThreadPictures(
                    null, new Files(), new Blobs(), egress, new CancelledRuns(), new Limits());

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        egress = LocalEgress.open(vertx);
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Limits() implements PictureConfig {

        @Override
        public int bytes() {
            return 100;
        }

        @Override
        public Duration downloadTimeout() {
            return Duration.ofMinutes(1);
        }
    }

    private final class Files extends FileStore {

        Files() {
            super(null);
        }

        @Override
        public Uni<@Nullable StoredFile> stored(String projectId, String id) {
            byte[] bytes = files.get(id);
            return Uni.createFrom()
                    .item(
                            bytes == null
                                    ? null
                                    : new StoredFile(
                                            FileObject.created(
                                                    id,
                                                    Purpose.ASSISTANTS,
                                                    "a.gif",
                                                    bytes.length,
                                                    1,
                                                    null),
                                            List.of(id)));
        }
    }

    private final class Blobs extends BlobLedger {

        Blobs() {
            super(null, null);
        }

        @Override
        public Multi<Buffer> read(List<String> ids) {
            return Multi.createFrom().item(Buffer.buffer(files.get(ids.getFirst())));
        }
    }

    private PictureContent stored(byte[] bytes) {
        files.put("file-1", bytes);
        return pictures.read(CALL, new ThreadPicture.Stored("file-1"));
    }

    private PictureContent linked(String url) {
        return pictures.read(CALL, new ThreadPicture.Linked("picture-1", url));
    }

    private static void isTheGif(PictureContent content) {
        assertThat(content)
                .isInstanceOfSatisfying(
                        PictureContent.Readable.class,
                        read -> {
                            assertThat(read.format()).isEqualTo(ImageFormat.GIF);
                            assertThat(read.bytes()).isEqualTo(GIF);
                        });
    }

    private static PictureContent not(String why) {
        return new PictureContent.Unreadable(why);
    }

    @Test
    void aFileIsRead() {
        isTheGif(stored(GIF));
    }

    @Test
    void aFileThatIsNoPictureGoneOrTooLargeIsNotRead() {
        assertThat(stored(new byte[] {1, 2, 3})).isEqualTo(not("it is no PNG, JPEG, GIF or WebP"));
        assertThat(stored(new byte[101])).isEqualTo(not("it is larger than 100 bytes"));
        assertThat(pictures.read(CALL, new ThreadPicture.Stored("file-2")))
                .isEqualTo(not("it was deleted"));
    }

    @Test
    void aPictureInAUrlIsRead() {
        isTheGif(linked("data:image/gif;base64,R0lGODlh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/gif", "data:image/gif,abc", "data:image/gif;base64,R"})
    void aUrlThatIsNoPictureIsNotRead(String url) {
        assertThat(linked(url)).isEqualTo(not("it is not encoded with base64"));
    }

    @Test
    void aPictureAtAUrlIsRead() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, GIF.length);
                    exchange.getResponseBody().write(GIF);
                    exchange.close();
                });
        server.start();
        try {
            isTheGif(linked("http://127.0.0.1:%d/a.gif".formatted(server.getAddress().getPort())));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressInsideTheNetworkIsNotRead() {
        assertThat(linked("http://169.254.169.254/a.gif"))
                .isEqualTo(not("its host is not on the public Internet"));
    }
}
