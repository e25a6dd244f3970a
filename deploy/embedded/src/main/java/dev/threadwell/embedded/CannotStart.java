package dev.threadwell.embedded;

import org.jspecify.annotations.Nullable;

/** Says in one sentence, fit to be shown to a person, why a server could not be started. */
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
