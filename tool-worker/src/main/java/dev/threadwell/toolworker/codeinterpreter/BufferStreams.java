package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** Emits an InputStream as buffers, with back-pressure. */
final class BufferStreams {

    private static final int SIZE = 64 * 1024;
    private static final int MOST_AT_ONCE = 1 << 29;

    private final InputStream bytes;
    private final MultiEmitter<? super Buffer> emitter;
    private final Semaphore wanted = new Semaphore(0);

    private BufferStreams(InputStream bytes, MultiEmitter<? super Buffer> emitter) {
        this.bytes = bytes;
        this.emitter = emitter;
    }

    /** The stream is read on a virtual thread of its own, because reading blocks. */
    static Multi<Buffer> of(InputStream bytes) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            var pieces = new BufferStreams(bytes, emitter);
                            emitter.onRequest(pieces::want);
                            // Demand from before the callback was registered; counting it twice is
                            // harmless.
                            pieces.want(emitter.requested());
                            emitter.onTermination(() -> pieces.want(1));
                            Thread.ofVirtual().start(pieces::emit);
                        });
    }

    private void want(long count) {
        wanted.release((int) Math.min(count, MOST_AT_ONCE));
    }

    private void emit() {
        try {
            byte[] piece = bytes.readNBytes(SIZE);
            while (piece.length > 0 && !emitter.isCancelled()) {
                wanted.acquire();
                emitter.emit(Buffer.buffer(piece));
                piece = bytes.readNBytes(SIZE);
            }
            emitter.complete();
        } catch (IOException e) {
            emitter.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.fail(e);
        }
    }
}
