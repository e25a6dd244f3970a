package dev.threadwell.simulator.direction;

import org.jspecify.annotations.Nullable;

/** What goes wrong. */
public sealed interface Fault {
    /** An HTTP error in place of an answer. */
    record Status(int status, @Nullable String code, @Nullable Double retryAfterSeconds)
            implements Fault {}

    /** An answer with this body and nothing else, whatever its status. */
    record Body(int status, String body, String contentType, @Nullable Double retryAfterSeconds)
            implements Fault {}

    /** No answer at all, on a connection that stays open. */
    record HangBeforeHeaders() implements Fault {}

    /** Silence after so many tokens, on a connection that stays open. */
    record HangAfter(int tokens) implements Fault {}

    /** The connection ends after so many tokens, in the middle of the answer. */
    record CutAfter(int tokens) implements Fault {}
}
