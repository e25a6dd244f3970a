package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/** How much of the thread a run shows to the model. */
public record TruncationStrategy(String type, @Nullable Integer lastMessages) {

    /** The type that shows only so many of the most recent messages. */
    public static final String LAST_MESSAGES = "last_messages";

    /** As much as fits the model's context. */
    public static final TruncationStrategy AUTO = new TruncationStrategy("auto", null);

    /** How many messages are shown at most. */
    public int messages() {
        return type.equals(LAST_MESSAGES) && lastMessages != null
                ? lastMessages
                : Integer.MAX_VALUE;
    }
}
