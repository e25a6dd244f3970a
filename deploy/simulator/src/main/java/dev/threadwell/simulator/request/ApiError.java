package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.Json;
import org.jspecify.annotations.Nullable;

/** An error in OpenAI's envelope. */
public record ApiError(
        int status, String message, String type, @Nullable String param, @Nullable String code) {

    private static final String INVALID = "invalid_request_error";

    public static ApiError invalid(String message, @Nullable String param, @Nullable String code) {
        return new ApiError(400, message, INVALID, param, code);
    }

    public static ApiError notJson() {
        return invalid(
                "We could not parse the JSON body of your request. The simulator expects a JSON"
                        + " object.",
                null,
                null);
    }

    public static ApiError badDirection(String message) {
        return invalid("Bad direction: " + message, "messages", "bad_direction");
    }

    public static ApiError missing(String param) {
        return invalid(
                "Missing required parameter: '" + param + "'.",
                param,
                "missing_required_parameter");
    }

    public static ApiError unknown(String param) {
        return invalid("Unknown parameter: '" + param + "'.", param, "unknown_parameter");
    }

    public static ApiError wrongType(String param, String expected) {
        return invalid(
                "Invalid type for '" + param + "': expected " + expected + ".",
                param,
                "invalid_type");
    }

    public static ApiError emptyArray(String param) {
        return invalid(
                "Invalid '"
                        + param
                        + "': empty array. Expected an array with minimum length 1, but got an"
                        + " empty array instead.",
                param,
                "empty_array");
    }

    public static ApiError unknownUrl(String method, String path) {
        return new ApiError(404, "Invalid URL (" + method + " " + path + ")", INVALID, null, null);
    }

    public static ApiError wrongMethod(String method, String path) {
        return new ApiError(
                405,
                "Not allowed to " + method + " on " + path + ".",
                INVALID,
                null,
                "method_not_supported");
    }

    public static ApiError noSuchModel(String model) {
        return new ApiError(
                404,
                "The model '" + model + "' does not exist",
                INVALID,
                "model",
                "model_not_found");
    }

    public static ApiError tooLarge(int limit) {
        return new ApiError(
                413, "The request is larger than " + limit + " bytes.", INVALID, null, null);
    }

    public static ApiError internal() {
        return new ApiError(500, "The simulator itself failed.", "server_error", null, null);
    }

    public byte[] body() {
        ObjectNode envelope = Json.object();
        envelope.putObject("error")
                .put("message", Json.wellFormed(message))
                .put("type", type)
                .put("param", param == null ? null : Json.wellFormed(param))
                .put("code", code == null ? null : Json.wellFormed(code));
        return Json.bytes(envelope);
    }
}
