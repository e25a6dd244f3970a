package dev.threadwell.api.connection;

/** What a connection currently waits for from its client, and until when. */
final class Deadline {

    private enum Awaited {
        /** The first byte of a request. */
        REQUEST,
        /** The rest of a request head. */
        HEAD,
        /** More bytes of a body. */
        BODY,
        /** Nothing: the request is being answered. */
        NOTHING
    }

    private final ConnectionLimits limits;
    private Awaited awaited = Awaited.REQUEST;
    private long until;

    Deadline(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Starts the time for the first request of a connection. */
    void awaitHead() {
        await(Awaited.REQUEST, limits.read().toNanos());
    }

    /** Starts the idle time after a response. */
    void awaitNextRequest() {
        await(Awaited.REQUEST, limits.idle().toNanos());
    }

    void awaitBody() {
        await(Awaited.BODY, limits.read().toNanos());
    }

    void awaitNothing() {
        await(Awaited.NOTHING, limits.read().toNanos());
    }

    /**
     * Starts the time for a head with its first byte; later bytes do not extend it, so that a
     * client cannot send it slowly forever.
     */
    void bytesCame() {
        if (awaited == Awaited.REQUEST) {
            await(Awaited.HEAD, limits.read().toNanos());
        }
    }

    private void await(Awaited what, long nanos) {
        awaited = what;
        until = System.nanoTime() + nanos;
    }

    /** The time until the deadline, or until the next check if nothing is awaited. */
    long leftNanos() {
        return awaited == Awaited.NOTHING ? limits.read().toNanos() : until - System.nanoTime();
    }

    boolean isOfHead() {
        return awaited == Awaited.HEAD;
    }

    boolean isOfBody() {
        return awaited == Awaited.BODY;
    }
}
