package dev.threadwell.platform.egress;

/** A request to a user's URL was refused or failed. */
public final class EgressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    public enum Reason {
        /** The URL is not allowed; nothing was sent. */
        REFUSED,
        /** The host could not be reached; nothing was sent. */
        UNREACHABLE,
        /** No complete response arrived in time. */
        TIMED_OUT,
        /** The response is larger than allowed. */
        TOO_LARGE,
        /** The connection broke, or the response cannot be read. */
        BROKEN
    }

    private final Reason reason;
    private final String why;

    EgressException(Reason reason, String why) {
        super(why);
        this.reason = reason;
        this.why = why;
    }

    /** The reason as a clause with the URL as its subject, e.g. {@code it cannot be reached}. */
    public String why() {
        return why;
    }

    /** The kind of failure. */
    public Reason reason() {
        return reason;
    }
}
