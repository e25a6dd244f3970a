package dev.threadwell.topic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Another service has answered the call of a function.
 *
 * @param id of the call, as its event has it
 * @param output any JSON; a text is taken as it is
 * @param error what the model is told in place of an output
 */
public record FunctionAnswered(String id, @Nullable Object output, @Nullable String error) {

    /** A record without an id answers nothing. */
    public FunctionAnswered {
        Objects.requireNonNull(id, "id");
    }
}
