package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import org.jspecify.annotations.Nullable;

/** An error in OpenAI's envelope. */
public record RequestError(
        int status, String message, String type, @Nullable String param, @Nullable String code) {

    private static final String INVALID = "invalid_request_error";

    public static RequestError invalid(
            String message, @Nullable String param, @Nullable String code) {
        return new RequestError(400, message, INVALID, param, code);
    }

    public static RequestError notJson() {
        return invalid(
                "We could not parse the JSON body of your request. The simulator expects a JSON"
                        + " object.",
                null,
                null);
    }

    public static RequestError badDirection(String message) {
        return invalid("Bad direction: " + message, "messages", "bad_direction");
    }

    public static RequestError missing(String param) {
        return invalid(
                "Missing required parameter: '" + param + "'.",
                param,
                "missing_required_parameter");
    }

    public static RequestError unknown(String param) {
        return invalid("Unknown parameter: '" + param + "'.", param, "unknown_parameter");
    }

    public static RequestError wrongType(String param, String expected) {
        return invalid(
                "Invalid type for '" + param + "': expected " + expected + ".",
                param,
                "invalid_type");
    }

    public static RequestError emptyArray(String param) {
        return invalid(
                "Invalid '"
                        + param
                        + "': empty array. Expected an array with minimum length 1, but got an"
                        + " empty array instead.",
                param,
                "empty_array");
    }

    public static RequestError unknownUrl(String method, String path) {
        return new RequestError(
                404, "Invalid URL (" + method + " " + path + ")", INVALID, null, null);
    }

    public static RequestError wrongMethod(String method, String path) {
        return new RequestError(
                405,
                "Not allowed to " + method + " on " + path + ".",
                INVALID,
                null,
                "method_not_supported");
    }

    public static RequestError noSuchModel(String model) {
        return new RequestError(
                404,
                "The model '" + model + "' does not exist",
                INVALID,
                "model",
                "model_not_found");
    }

    public static RequestError tooLarge(int limit) {
        return new RequestError(
                413, "The request is larger than " + limit + " bytes.", INVALID, null, null);
    }

    public static RequestError internal() {
        return new RequestError(500, "The simulator itself failed.", "server_error", null, null);
    }

    public byte[] body() {
        ObjectNode envelope = SimulatorJson.object();
        envelope.putObject("error")
                .put("message", SimulatorJson.wellFormed(message))
                .put("type", type)
                .put("param", param == null ? null : SimulatorJson.wellFormed(param))
                .put("code", code == null ? null : SimulatorJson.wellFormed(code));
        return SimulatorJson.bytes(envelope);
    }
}
