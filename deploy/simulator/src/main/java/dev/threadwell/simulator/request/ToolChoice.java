package dev.threadwell.simulator.request;

/** How freely the model may call functions. */
public sealed interface ToolChoice {
    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** The model must answer with text. */
    record None() implements ToolChoice {}

    /** The model must call one function or more. */
    record Required() implements ToolChoice {}

    /** The model must call this function. */
    record Named(String name) implements ToolChoice {}
}
