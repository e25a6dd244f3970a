package dev.threadwell.toolworker.codeinterpreter;

import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.Iterator;

/** Reads a sequence of buffers as an InputStream. */
final class BufferInputStream extends InputStream {

    private final Iterator<Buffer> pieces;
    private Buffer piece = Buffer.buffer();
    private int at;

    BufferInputStream(Iterator<Buffer> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        while (at == piece.length()) {
            if (!pieces.hasNext()) {
                return -1;
            }
            piece = pieces.next();
            at = 0;
        }
        int count = Math.min(length, piece.length() - at);
        piece.getBytes(at, at + count, bytes, offset);
        at += count;
        return count;
    }
}
