package dev.threadwell.extractor;

import java.io.IOException;

/** A document cannot be read, for a reason that can be shown to its owner. */
final class Unreadable extends IOException {

    private static final long serialVersionUID = 1;

    private Unreadable(String reason) {
        super(reason);
    }

    static Unreadable encrypted() {
        return new Unreadable("it is encrypted");
    }

    static Unreadable tooLong() {
        return new Unreadable("its text is too long");
    }

    static Unreadable withoutText() {
        return new Unreadable("it has no text (pictures of pages are not read)");
    }

    static Unreadable inAnUnknownEncoding() {
        return new Unreadable("it is not in UTF-8, and does not say which encoding it is in");
    }

    static Unreadable damaged() {
        return new Unreadable("it is damaged");
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
