package dev.threadwell.extractor;

import java.io.Writer;

/** Collects text and fails when it exceeds a maximum length. */
final class CappedWriter extends Writer {

    static final int MAX_CHARACTERS = 20_000_000;

    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] characters, int offset, int length) throws Unreadable {
        if (text.length() + length > MAX_CHARACTERS) {
            throw Unreadable.tooLong();
        }
        text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    String text() {
        return text.toString();
    }
}
