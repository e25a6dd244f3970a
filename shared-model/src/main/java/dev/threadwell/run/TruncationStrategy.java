package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/** How much of the thread a run shows to the model. */
public record TruncationStrategy(String type, @Nullable Integer lastMessages) {

    /** As much as fits the model's context. */
    public static final TruncationStrategy AUTO = new TruncationStrategy("auto", null);
}
