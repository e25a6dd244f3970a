package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.persistence.file.BlobLedger;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Files that no memory should have to hold, and those that never come in whole. */
@QuarkusTest
class LargeFileTest {

    private static final long MB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI base;

    @Inject BlobLedger blobs;
    @Inject Pool pool;

    @ConfigProperty(name = "threadwell.blobs.directory")
    Path directory;

    /** Bytes that are made while they are read, each telling where it is. */
    private static final class Generated extends InputStream {

        private final long length;
        private long at;

        Generated(long length) {
            this.length = length;
        }

        static int byteAt(long position) {
            return (int) (position * 31 + (position >> 16)) & 0xff;
        }

        @Override
        public int read() {
            return at == length ? -1 : byteAt(at++);
        }

        @Override
        public int read(byte[] into, int from, int count) {
            if (at == length) {
                return -1;
            }
            int taken = (int) Math.min(count, length - at);
            for (int i = 0; i < taken; i++) {
                into[from + i] = (byte) byteAt(at++);
            }
            return taken;
        }
    }

    @Test
    void twoHundredMegabytesComeBackAsTheyWent() throws Exception {
        long length = 200 * MB;
        Multipart form =
                new Multipart()
                        .file("file", "large.bin", new Generated(length))
                        .field("purpose", "vision");
        Api.Answer created = Api.at(base).form("/v1/files", form);
        assertThat(created.json().path("bytes").asLong()).as(created.body()).isEqualTo(length);

        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/v1/files/" + created.id() + "/content"))
                        .header("Authorization", "Bearer " + Api.KEY)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream content =
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertSame(content, new Generated(length));
        }
        Api.at(base).delete("/v1/files/" + created.id());
    }

    private static void assertSame(InputStream actual, InputStream expected) throws IOException {
        byte[] piece = actual.readNBytes((int) MB);
        while (piece.length > 0) {
            assertThat(piece).isEqualTo(expected.readNBytes(piece.length));
            piece = actual.readNBytes((int) MB);
        }
        assertThat(expected.read()).isEqualTo(-1);
    }

    @Test
    void aPartThatIsTooLargeIsRefusedAndNothingIsLeftOfIt() {
        Api api = Api.at(base);
        String upload =
                api.post(
                                "/v1/uploads",
                                "{\"filename\":\"a\",\"purpose\":\"vision\",\"bytes\":1,\"mime_type\":\"a/b\"}")
                        .id();
        long before = unowned();
        Api.Answer answer =
                api.form(
                        "/v1/uploads/" + upload + "/parts",
                        new Multipart().file("data", "blob", new Generated(64 * MB + 1)));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().at("/error/message").asText())
                .isEqualTo("Maximum content size limit (67108864) exceeded");
        assertThat(unowned()).isEqualTo(before);
    }

    @Test
    void anUploadThatIsCutLeavesNothingBehind() throws IOException {
        long rows = unowned();
        long files = files();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head(100 * MB).getBytes(StandardCharsets.US_ASCII));
            Multipart.of("vision", "a.png", "x".repeat(1_000_000)).unfinished().transferTo(out);
            out.flush();
            await("some bytes have come").atMost(PATIENCE).until(() -> files() > files);
            assertThat(unowned()).isGreaterThan(rows);
        }
        await("nothing is left")
                .atMost(PATIENCE)
                .until(() -> files() == files && unowned() == rows);
    }

    private String head(long length) {
        return "POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + Api.KEY
                + "\r\nContent-Type: "
                + Multipart.TYPE
                + "\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    @Test
    void bytesWhoseProcessDiedBeforeTheirFileWasSavedAreSwept() {
        Multi<Buffer> bytes = Multi.createFrom().item(Buffer.buffer("lost"));
        String id = blobs.keep(bytes).await().indefinitely().id();
        blobs.sweep(1000).await().indefinitely();
        assertThat(whole(id)).as("a file may still come of it").exists();

        update("update blobs set since = now() - interval '2 days' where id = $1", id);
        blobs.sweep(1000).await().indefinitely();
        assertThat(whole(id)).doesNotExist();
        assertThat(rows("select id from blobs where id = $1", id)).isZero();
    }

    @Test
    void bytesThatWereOnlyBegunAreSweptToo() throws IOException {
        String id = "ffffffffffffffffffffffffffffffff";
        update("insert into blobs (id, since) values ($1, now() - interval '2 days')", id);
        Path begun = directory.resolve("ff").resolve(id + ".unfinished");
        Files.createDirectories(begun.getParent());
        Files.writeString(begun, "los");
        blobs.sweep(1000).await().indefinitely();
        assertThat(begun).doesNotExist();
        assertThat(rows("select id from blobs where id = $1", id)).isZero();
    }

    @Test
    void theBytesOfAFileAreNotSweptHoweverOldTheyAre() {
        Api api = Api.at(base);
        String file = api.form("/v1/files", Multipart.of("vision", "a.png", "kept")).id();
        update("update blobs set since = '-infinity' where owner = $1", file);
        blobs.sweep(1000).await().indefinitely();
        assertThat(api.get("/v1/files/" + file + "/content").body()).isEqualTo("kept");
    }

    private Path whole(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id);
    }

    private void update(String sql, String id) {
        pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely();
    }

    private long rows(String sql, String id) {
        return pool.preparedQuery(sql).execute(Tuple.of(id)).await().indefinitely().size();
    }

    private long unowned() {
        return pool.preparedQuery("select id from blobs where owner is null")
                .execute()
                .await()
                .indefinitely()
                .size();
    }

    private long files() {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException e) {
            // A file that is removed while its directory is read: look again.
            return -1;
        }
    }
}
