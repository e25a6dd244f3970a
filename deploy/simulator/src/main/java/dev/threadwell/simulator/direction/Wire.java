package dev.threadwell.simulator.direction;

/** Variations of the SSE stream on the wire that a parser has to tolerate. */
public record Wire(
        boolean splitUtf8,
        boolean glue,
        boolean crlf,
        boolean comments,
        boolean noFinish,
        boolean noDone) {
    static Wire plain() {
        return new Wire(false, false, false, false, false, false);
    }
}
