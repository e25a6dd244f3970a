package dev.threadwell.simulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of the conversation, with its text parts joined. */
public record ChatMessage(
        Role role, String text, List<ToolCall> toolCalls, @Nullable String toolCallId) {}
