package dev.threadwell.api.file;

import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

/** Fails a stream of bytes that is larger than allowed. */
record SizeLimit(long bytes) {

    /** The same stream, which fails when it exceeds the limit. */
    Multi<Buffer> on(Multi<Buffer> pieces) {
        Count count = new Count();
        return pieces.onItem().invoke(count::add);
    }

    private final class Count {

        private long seen;

        void add(Buffer piece) {
            seen += piece.length();
            if (seen > bytes) {
                throw FileErrors.tooLarge(bytes);
            }
        }
    }
}
