package dev.threadwell.runworker.turn;

import dev.threadwell.run.RunError;

/** The result of building a prompt: a request for the model, or the reason why there is none. */
public sealed interface PromptResult {

    /**
     * A request for chat completions.
     *
     * @param json the body of the request
     * @param sources the files that the answer can cite, link to or show
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(byte[] json, CitationSources sources) implements PromptResult {}

    /**
     * No request, because the run has used up its tokens.
     *
     * @param reason the reason for the run's {@code incomplete_details}
     */
    record NothingLeft(String reason) implements PromptResult {}

    /** No request, because a part of the prompt could not be fetched. */
    record Failed(RunError error) implements PromptResult {}
}
