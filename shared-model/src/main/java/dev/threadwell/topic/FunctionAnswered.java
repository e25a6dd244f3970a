package dev.threadwell.topic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Another service has answered a function call.
 *
 * @param id the id of the call in {@link FunctionCalled}
 * @param output any JSON; a string is used as it is
 * @param error the error for the model, instead of an output
 */
public record FunctionAnswered(String id, @Nullable Object output, @Nullable String error) {

    /** Fails without an id, so that the record is dead-lettered. */
    public FunctionAnswered {
        Objects.requireNonNull(id, "id");
    }
}
