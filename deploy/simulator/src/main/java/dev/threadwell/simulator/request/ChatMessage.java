package dev.threadwell.simulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of the conversation, with its text parts joined.
 *
 * @param pictures the URLs of its images
 */
public record ChatMessage(
        Role role,
        String text,
        List<String> pictures,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId) {}
