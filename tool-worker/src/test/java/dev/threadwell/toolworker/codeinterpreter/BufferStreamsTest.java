package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A stream in pieces for whoever asks for them. */
class BufferStreamsTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void allOfItComesInItsOrder() {
        byte[] bytes = new byte[300_001];
        new Random(7).nextBytes(bytes);

        Buffer whole =
                BufferStreams.of(new ByteArrayInputStream(bytes))
                        .collect()
                        .in(Buffer::buffer, Buffer::appendBuffer)
                        .await()
                        .atMost(SOON);

        assertThat(whole.getBytes()).isEqualTo(bytes);
    }

    @Test
    void itIsReadWhenItIsAskedFor() {
        var asking = new AssertSubscriber<Buffer>(1);
        BufferStreams.of(new ByteArrayInputStream(new byte[300_000])).subscribe(asking);

        asking.awaitItems(1, SOON).request(4).awaitCompletion(SOON);

        assertThat(asking.getItems()).extracting(Buffer::length).startsWith(65_536).hasSize(5);
    }

    @Test
    void whatCannotBeReadFails() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                };
        var asking = new AssertSubscriber<Buffer>(1);

        BufferStreams.of(broken).subscribe(asking);

        asking.awaitFailure(SOON).assertFailedWith(IOException.class, "gone");
    }
}
