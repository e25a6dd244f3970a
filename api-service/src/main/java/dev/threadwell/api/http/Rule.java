package dev.threadwell.api.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a JSON value has to be like. A body is looked through once for each {@link Pass}, because
 * the API names what is missing before what is unknown before what is invalid, and only one of it.
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
