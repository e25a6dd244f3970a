package dev.threadwell.extractor;

/** The result kinds of the extractor protocol; a response begins with the ordinal as one byte. */
public enum ExtractorReply {
    /** The text of the document follows. */
    TEXT,

    /** The document cannot be read; the reason follows. */
    UNREADABLE,

    /** The extractor itself failed, independently of the document; a stack trace follows. */
    BROKEN
}
