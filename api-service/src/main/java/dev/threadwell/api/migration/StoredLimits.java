package dev.threadwell.api.migration;

import dev.threadwell.api.validation.JsonLimits;
import dev.threadwell.persistence.migration.ImportedObject;
import dev.threadwell.wire.ApiError;

/** Limits the size of an imported object, because it is always loaded as a whole. */
final class StoredLimits {

    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;
    private static final int MAX_VALUES = 20_000;

    private StoredLimits() {}

    /** Fails if the object is too large to be stored. */
    static void check(ImportedObject arrival) {
        String document = arrival.document();
        if (document.length() > MAX_CHARACTERS
                || JsonLimits.countValues(document, MAX_VALUES) > MAX_VALUES) {
            throw tooLarge().thrown();
        }
    }

    /** The error for an object that is too large. */
    static ApiError tooLarge() {
        return ApiError.badRequest(
                ("The object is too large. The maximum is %d characters and %d values, counting"
                                + " every object, array, string, number, boolean and null in it.")
                        .formatted(MAX_CHARACTERS, MAX_VALUES),
                null,
                "object_too_large");
    }
}
