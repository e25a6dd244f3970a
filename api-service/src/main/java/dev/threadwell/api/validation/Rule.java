package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A validation rule of a JSON value. A body is checked once for each {@link Pass}, because the API
 * reports one error, and missing fields before unknown ones before invalid ones.
 */
public interface Rule {

    /** The passes of a validation, in the order in which their errors are reported. */
    enum Pass {
        MISSING,
        UNKNOWN,
        INVALID
    }

    /** Throws at the first error of this pass. */
    void check(Pass pass, String path, JsonNode value);

    /** Whether a value has the JSON type that this rule is for. */
    boolean meets(JsonNode value);

    /** The expected type with its article, e.g. {@code a string}. */
    String expected();
}
