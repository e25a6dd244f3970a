package dev.threadwell.api.file;

import dev.threadwell.file.Purpose;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The validation errors of files, whose texts differ in the original from those of other resources.
 */
final class FileErrors {

    private FileErrors() {}

    static ApiException noSuch(String object, String id) {
        return new ApiError(
                        404,
                        "No such %s object: %s".formatted(object, id),
                        "invalid_request_error",
                        "id",
                        null)
                .thrown();
    }

    static ApiException missing(String field) {
        return refused("'%s' is a required property".formatted(field), null);
    }

    static ApiException missing(String field, String within) {
        return refused("'%s' is a required property - '%s'".formatted(field, within), within);
    }

    static ApiException unexpected(String field) {
        return refused(
                "Additional properties are not allowed ('%s' was unexpected)".formatted(field),
                null);
    }

    static ApiException purpose(String given) {
        return notOneOf(given, Purpose.namesForClients(), "purpose");
    }

    static ApiException notOneOf(String given, List<String> allowed, String field) {
        String list =
                allowed.stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", ", "[", "]"));
        return refused("'%s' is not one of %s - '%s'".formatted(given, list, field), field);
    }

    static ApiException notAnInteger(String given, String field) {
        return refused("'%s' is not of type 'integer' - '%s'".formatted(given, field), field);
    }

    static ApiException tooSmall(String given, long minimum, String field) {
        return refused(
                "%s is less than the minimum of %d - '%s'".formatted(given, minimum, field), field);
    }

    static ApiException tooGreat(String given, long maximum, String field) {
        return refused(
                "%s is greater than the maximum of %d - '%s'".formatted(given, maximum, field),
                field);
    }

    static ApiException empty() {
        return refused("File is empty.", null);
    }

    static ApiException tooLarge(long maximum) {
        return new ApiError(
                        413,
                        "Maximum content size limit (%d) exceeded".formatted(maximum),
                        "invalid_request_error",
                        null,
                        null)
                .thrown();
    }

    static ApiException keptBack(String purpose) {
        return refused("Not allowed to download files of purpose: " + purpose, null);
    }

    static ApiException refused(String message, @Nullable String param) {
        return ApiError.badRequest(message, param, null).thrown();
    }
}
