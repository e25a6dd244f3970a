package dev.threadwell.api.connection;

/** What a connection waits for from its client, and until when. */
final class Deadline {

    private enum Awaited {
        /** The first byte of a request. */
        REQUEST,
        /** The rest of a head that has begun. */
        HEAD,
        /** More of a body. */
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

    /** A new connection is to bring a request. */
    void awaitHead() {
        await(Awaited.REQUEST, limits.read().toNanos());
    }

    /** The last request has been answered. */
    void awaitNextRequest() {
        await(Awaited.REQUEST, limits.idle().toNanos());
    }

    void awaitBody() {
        await(Awaited.BODY, limits.read().toNanos());
    }

    void awaitNothing() {
        await(Awaited.NOTHING, limits.read().toNanos());
    }

    /** A head has the same time from its first byte on, however slowly the others come. */
    void bytesCame() {
        if (awaited == Awaited.REQUEST) {
            await(Awaited.HEAD, limits.read().toNanos());
        }
    }

    private void await(Awaited what, long nanos) {
        awaited = what;
        until = System.nanoTime() + nanos;
    }

    /** How long it is until something has to be done, or to be looked at again. */
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
