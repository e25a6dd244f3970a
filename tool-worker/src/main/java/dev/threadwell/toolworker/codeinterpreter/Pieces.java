package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** A stream as bytes that come in pieces, each when it is asked for. */
final class Pieces {

    private static final int SIZE = 64 * 1024;
    private static final int MOST_AT_ONCE = 1 << 29;

    private final InputStream bytes;
    private final MultiEmitter<? super Buffer> emitter;
    private final Semaphore wanted = new Semaphore(0);

    private Pieces(InputStream bytes, MultiEmitter<? super Buffer> emitter) {
        this.bytes = bytes;
        this.emitter = emitter;
    }

    /** Read on a thread of their own, because reading waits. */
    static Multi<Buffer> of(InputStream bytes) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            var pieces = new Pieces(bytes, emitter);
                            emitter.onRequest(pieces::want);
                            // What was asked for before anybody listened; twice does no harm.
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
