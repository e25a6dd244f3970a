package dev.threadwell.simulator.request;

/** Whether and which functions the model may call. */
public sealed interface ToolChoice {
    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** The model must answer with text. */
    record None() implements ToolChoice {}

    /** The model must call at least one function. */
    record Required() implements ToolChoice {}

    /** The model must call this function. */
    record Named(String name) implements ToolChoice {}
}
