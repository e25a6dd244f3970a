package dev.threadwell.api.auth;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;

/** The errors of requests whose key does not open what they ask for, in the original's words. */
final class KeyErrors {

    private static final String MISSING_SCOPE = "missing_scope";

    private KeyErrors() {}

    static ApiException noKey() {
        return ApiError.unauthorized(
                        "You didn't provide an API key. You need to provide your API key in an"
                                + " Authorization header using Bearer auth (i.e. Authorization:"
                                + " Bearer YOUR_KEY), or as the password field (with blank"
                                + " username) if you're accessing the API from your browser and"
                                + " are prompted for a username and password. You can obtain an"
                                + " API key from https://platform.openai.com/account/api-keys.",
                        null)
                .thrown();
    }

    static ApiException wrongKey(String key) {
        String shown = key.isEmpty() ? "''" : masked(key);
        return ApiError.unauthorized(
                        ("Incorrect API key provided: %s. You can find your API key at"
                                        + " https://platform.openai.com/account/api-keys.")
                                .formatted(shown),
                        "invalid_api_key")
                .thrown();
    }

    private static String masked(String key) {
        return key.length() < 8
                ? "***"
                : key.substring(0, 5) + "***" + key.substring(key.length() - 2);
    }

    /** A key of a project, or of the administration, asks the API of a project for too much. */
    static ApiException missingScope(String scope) {
        return ApiError.unauthorized(
                        ("You have insufficient permissions for this operation. Missing scopes: %s."
                                        + " Check that you have the correct role in your"
                                        + " organization (Reader, Writer, Owner) and project"
                                        + " (Member, Owner), and if you're using a restricted API"
                                        + " key, that it has the necessary scopes.")
                                .formatted(scope),
                        MISSING_SCOPE)
                .thrown();
    }

    /** A key of a project asks the administration for something. */
    static ApiException notAdministrative(String scope) {
        return new ApiError(
                        403,
                        ("You have insufficient permissions for this operation. Missing scopes: %s."
                                        + " Check that you have the correct role in your"
                                        + " organization (Reader, Writer, Owner), and if you're"
                                        + " using a restricted API key, that it has the necessary"
                                        + " scopes.")
                                .formatted(scope),
                        "invalid_request_error",
                        null,
                        MISSING_SCOPE)
                .thrown();
    }

    static ApiException archived(String projectId) {
        return ApiError.unauthorized(
                        "Project '%s' is archived. Its API keys can no longer be used."
                                .formatted(projectId),
                        "project_archived")
                .thrown();
    }
}
