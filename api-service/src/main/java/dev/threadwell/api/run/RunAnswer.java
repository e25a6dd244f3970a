package dev.threadwell.api.run;

import dev.threadwell.api.stream.EventStream;
import dev.threadwell.run.Run;

/** The answer to a request that sets a run going: the run, or the stream of its events. */
public sealed interface RunAnswer {

    /** The run as it is now. */
    record Shown(Run run) implements RunAnswer {}

    /** The run's events as they come. */
    record Streamed(EventStream events) implements RunAnswer {}
}
