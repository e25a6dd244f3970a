package dev.threadwell.simulator.direction;

import org.jspecify.annotations.Nullable;

/** A failure that the simulator produces on purpose. */
public sealed interface Fault {
    /** An HTTP error in place of an answer. */
    record Status(int status, @Nullable String code, @Nullable Double retryAfterSeconds)
            implements Fault {}

    /** A response with exactly this body, whatever its status. */
    record Body(int status, String body, String contentType, @Nullable Double retryAfterSeconds)
            implements Fault {}

    /** No response at all, on a connection that stays open. */
    record HangBeforeHeaders() implements Fault {}

    /** No further data after {@code tokens} tokens, on a connection that stays open. */
    record HangAfter(int tokens) implements Fault {}

    /** The connection is closed after {@code tokens} tokens, in the middle of the answer. */
    record CutAfter(int tokens) implements Fault {}
}
