package dev.threadwell.api.routes;

/** A difference between the answers below one path and all others, as measured on the original. */
public enum Quirk {
    /** The JSON ends with a newline. */
    ENDS_WITH_NEWLINE,
    /** The JSON of answers to DELETE ends with a newline. */
    DELETIONS_END_WITH_NEWLINE,
    /** The envelope of an error says message and code a second time, in {@code detail}. */
    ERRORS_HAVE_DETAIL,
    /** A page of any other site may read the answer. */
    ANY_ORIGIN
}
