package dev.threadwell.runworker.turn;

import dev.threadwell.run.RunError;

/** How a run's next turn begins. */
public sealed interface Asking {

    /**
     * The model is asked this.
     *
     * @param json a request for chat completions
     * @param sources what its answer can refer to
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(byte[] json, Sources sources) implements Asking {}

    /**
     * It is asked nothing, because the run has spent its tokens.
     *
     * @param reason as in the run's {@code incomplete_details}
     */
    record NothingLeft(String reason) implements Asking {}

    /** It is asked nothing, because what it would be asked with cannot be had. */
    record Failed(RunError error) implements Asking {}
}
