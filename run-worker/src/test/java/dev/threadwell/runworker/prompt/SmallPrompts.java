package dev.threadwell.runworker.prompt;

import java.util.OptionalLong;

/** A configuration with small limits: a thousand messages and a thousand bytes of images. */
public record SmallPrompts() implements PromptConfig {

    @Override
    public int newestMessages() {
        return 1000;
    }

    @Override
    public OptionalLong promptBytes() {
        return OptionalLong.empty();
    }

    @Override
    public long pictureBytes() {
        return 1000;
    }
}
