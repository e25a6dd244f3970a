package dev.threadwell.runworker.model;

/** A client of language models that stream chat completions. */
public interface ChatModel {

    /** Starts a sampling of this model on the current Vert.x context. */
    ModelCall stream(String model, byte[] request, ModelCall.Listener listener);

    /** Where the models are asked, as traces name it. */
    ModelEndpoint endpoint();

    /** The context window of this model: input and output tokens together. */
    int contextTokens(String model);
}
