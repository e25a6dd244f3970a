package dev.threadwell.simulator.request;

/** A function call in an assistant message; arguments are raw text. */
public record ToolCall(String id, String name, String arguments) {}
