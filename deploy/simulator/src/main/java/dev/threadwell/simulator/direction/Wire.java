package dev.threadwell.simulator.direction;

/** The shape of a stream on the wire: everything that a reader of server-sent events must bear. */
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
