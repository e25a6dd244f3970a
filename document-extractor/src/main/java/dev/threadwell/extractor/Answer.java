package dev.threadwell.extractor;

/** The kinds of answers of the extractor; an answer begins with a byte that is its ordinal. */
public enum Answer {
    /** The text of the document follows. */
    TEXT,

    /** The document cannot be read; the reason follows. */
    UNREADABLE,

    /** The extractor is broken, whatever the document is; a stack trace follows. */
    BROKEN
}
