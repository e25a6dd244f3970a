package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A validation rule of a JSON value. A body is checked once for each {@link Pass}, because the API
 * reports one error, and what is missing before what is unknown before what is invalid.
 */
public interface Rule {

    /** What is looked for, in the order in which it is complained about. */
    enum Pass {
        MISSING,
        UNKNOWN,
        INVALID
    }

    /** Throws at the first thing that this pass looks for. */
    void check(Pass pass, String path, JsonNode value);

    /** Whether a value is of the kind that this rule is about. */
    boolean meets(JsonNode value);

    /** What is expected, with its article: e.g. {@code a string}. */
    String expected();
}
