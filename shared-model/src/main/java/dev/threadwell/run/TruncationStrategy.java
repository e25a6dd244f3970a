package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/** How much of the thread is included in the prompt. */
public record TruncationStrategy(String type, @Nullable Integer lastMessages) {

    /** The type that includes only the {@code lastMessages} newest messages. */
    public static final String LAST_MESSAGES = "last_messages";

    /** As much as fits into the model's context window. */
    public static final TruncationStrategy AUTO = new TruncationStrategy("auto", null);

    /** The maximum number of messages in the prompt. */
    public int messages() {
        return type.equals(LAST_MESSAGES) && lastMessages != null
                ? lastMessages
                : Integer.MAX_VALUE;
    }
}
