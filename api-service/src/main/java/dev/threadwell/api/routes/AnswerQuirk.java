package dev.threadwell.api.routes;

/** A way in which the original's answers below one path differ from all others (measured). */
public enum AnswerQuirk {
    /** The JSON ends with a newline. */
    ENDS_WITH_NEWLINE,
    /** The JSON of answers to DELETE ends with a newline. */
    DELETIONS_END_WITH_NEWLINE,
    /** The envelope of an error repeats message and code in {@code detail}. */
    ERRORS_HAVE_DETAIL,
    /** Web pages of any origin may read the answer (CORS). */
    ANY_ORIGIN
}
