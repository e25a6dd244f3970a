package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The validation rule of a value without declared fields, so that none can be missing or unknown.
 */
interface ScalarRule extends Rule {

    /** Throws if a value of the right JSON type is not valid. */
    void valid(String path, JsonNode value);

    @Override
    default void check(Pass pass, String path, JsonNode value) {
        if (pass == Pass.INVALID) {
            if (!meets(value)) {
                throw ValidationErrors.type(path, expected(), value);
            }
            valid(path, value);
        }
    }
}
