package dev.threadwell.api.run;

import dev.threadwell.api.stream.EventStream;
import dev.threadwell.run.Run;

/** The answer to a request that starts or continues a run: the run, or the stream of its events. */
public sealed interface RunAnswer {

    /** The run in its current state. */
    record Shown(Run run) implements RunAnswer {}

    /** The stream of the run's events. */
    record Streamed(EventStream events) implements RunAnswer {}
}
