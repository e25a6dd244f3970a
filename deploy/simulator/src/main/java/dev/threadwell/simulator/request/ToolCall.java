package dev.threadwell.simulator.request;

/** A call of a function that an assistant message asks for; arguments are raw text. */
public record ToolCall(String id, String name, String arguments) {}
