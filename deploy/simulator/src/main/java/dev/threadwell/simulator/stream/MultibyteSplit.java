package dev.threadwell.simulator.stream;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Splits a buffer inside each multi-byte UTF-8 character. */
final class MultibyteSplit {
    private static final int FIRST_OF_SEVERAL = 0xC0;

    private MultibyteSplit() {}

    static List<Buffer> of(Buffer bytes) {
        var parts = new ArrayList<Buffer>();
        int start = 0;
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.getUnsignedByte(i) >= FIRST_OF_SEVERAL) {
                parts.add(bytes.slice(start, i + 1));
                start = i + 1;
            }
        }
        parts.add(bytes.slice(start, bytes.length()));
        return parts;
    }
}
