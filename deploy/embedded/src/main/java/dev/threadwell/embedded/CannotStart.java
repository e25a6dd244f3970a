package dev.threadwell.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A server could not be started; carries the reason as one sentence that can be shown to a user.
 */
public final class CannotStart extends RuntimeException {

    private final String sentence;

    public CannotStart(String sentence) {
        this(sentence, null);
    }

    public CannotStart(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
