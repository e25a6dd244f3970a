package dev.threadwell.runworker.model;

/** A language model that answers chat completions with a stream. */
public interface ChatModel {

    /** Starts a sampling of this model on the current Vert.x context. */
    ModelCall stream(String model, byte[] request, ModelCall.Listener listener);

    /** How many tokens this model takes in and puts out together. */
    int contextTokens(String model);
}
