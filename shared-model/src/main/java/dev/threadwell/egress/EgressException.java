package dev.threadwell.egress;

/** A URL that a user gave could not be asked, or did not answer as it should. */
public final class EgressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** It may not be asked; nothing was sent. */
        REFUSED,
        /** Nobody could be reached; nothing was sent. */
        UNREACHABLE,
        /** There was no whole answer in time. */
        TIMED_OUT,
        /** The answer is larger than allowed. */
        TOO_LARGE,
        /** The connection broke, or the answer cannot be read. */
        BROKEN
    }

    private final Reason reason;
    private final String why;

    EgressException(Reason reason, String why) {
        super(why);
        this.reason = reason;
        this.why = why;
    }

    /** The same in words, of which the URL is the subject: e.g. {@code it cannot be reached}. */
    public String why() {
        return why;
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }
}
