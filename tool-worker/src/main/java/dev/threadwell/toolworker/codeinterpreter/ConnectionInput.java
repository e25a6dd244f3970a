package dev.threadwell.toolworker.codeinterpreter;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The next {@code size} bytes of a connection; fails if it ends before. */
final class ConnectionInput extends InputStream {

    private final InputStream connection;
    private long left;

    ConnectionInput(InputStream connection, long size) {
        this.connection = connection;
        this.left = size;
    }

    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = connection.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException();
        }
        left -= count;
        return count;
    }
}
