package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses and validates the body of a chat completion request. */
public final class RequestReader {
    private static final Set<String> PARAMETERS =
            Set.of(
                    ("audio frequency_penalty function_call functions logit_bias logprobs"
                                    + " max_completion_tokens max_tokens messages metadata modalities model n"
                                    + " parallel_tool_calls prediction presence_penalty prompt_cache_key"
                                    + " reasoning_effort response_format safety_identifier seed service_tier"
                                    + " stop store stream stream_options temperature tool_choice tools"
                                    + " top_logprobs top_p user verbosity web_search_options")
                            .split(" "));

    private final ObjectNode body;

    private RequestReader(ObjectNode body) {
        this.body = body;
    }

    public static ChatRequest read(ObjectNode body) {
        return new RequestReader(body).request();
    }

    private ChatRequest request() {
        Shape.onlyKnown(body, PARAMETERS, "");
        String model = model();
        List<ChatMessage> messages = messages();
        ConversationRules.check(messages);
        List<OfferedFunction> functions = functions();
        boolean stream = Shape.flag(body, "stream", false);
        checkNumber("temperature", 2);
        checkNumber("top_p", 1);
        checkSingleChoice();
        return new ChatRequest(
                model,
                messages,
                functions,
                toolChoice(functions),
                parallelToolCalls(functions),
                stream,
                includeUsage(stream),
                maxTokens(),
                responseFormat(messages),
                body);
    }

    private String model() {
        if (!body.hasNonNull("model")) {
            throw refused("you must provide a model parameter", null, null);
        }
        return Shape.text(body, "model", "");
    }

    private List<ChatMessage> messages() {
        JsonNode nodes = array("messages", true);
        var messages = new ArrayList<ChatMessage>();
        for (int i = 0; i < nodes.size(); i++) {
            messages.add(MessageReader.read(nodes.get(i), "messages[" + i + "]"));
        }
        return List.copyOf(messages);
    }

    private List<OfferedFunction> functions() {
        JsonNode tools = array("tools", false);
        var functions = new ArrayList<OfferedFunction>();
        for (int i = 0; i < tools.size(); i++) {
            functions.add(function(tools.get(i), "tools[" + i + "]"));
        }
        return List.copyOf(functions);
    }

    private static OfferedFunction function(JsonNode tool, String path) {
        String type = Shape.text(tool, "type", path);
        if (!type.equals("function")) {
            throw refused(
                    "Invalid value: '" + type + "'. Supported values are: 'function'.",
                    path + ".type",
                    "invalid_value");
        }
        JsonNode function = tool.path("function");
        if (!function.isObject()) {
            throw new RefusedRequest(RequestError.missing(path + ".function"));
        }
        String name = Shape.functionName(function, path + ".function");
        JsonNode schema = function.path("parameters");
        if (!schema.isMissingNode() && !"object".equals(schema.path("type").asText())) {
            throw refused(
                    "Invalid schema for function '"
                            + name
                            + "': schema must be a JSON Schema of 'type: \"object\"'.",
                    path + ".function.parameters",
                    "invalid_function_parameters");
        }
        return new OfferedFunction(name, function.path("description").asText(""), schema);
    }

    private ToolChoice toolChoice(List<OfferedFunction> functions) {
        JsonNode choice = body.path("tool_choice");
        if (choice.isMissingNode() || choice.isNull()) {
            return new ToolChoice.Auto();
        }
        needsTools("tool_choice", functions);
        if (choice.isObject()) {
            return named(choice, functions);
        }
        return switch (choice.asText()) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default ->
                    throw refused(
                            "Invalid value: '"
                                    + choice.asText()
                                    + "'. Supported values are: 'none', 'auto', and 'required'.",
                            "tool_choice",
                            "invalid_value");
        };
    }

    private static ToolChoice named(JsonNode choice, List<OfferedFunction> functions) {
        String name = Shape.text(choice.path("function"), "name", "tool_choice.function");
        if (functions.stream().noneMatch(f -> f.name().equals(name))) {
            throw refused(
                    "Tool choice '" + name + "' not found in 'tools' parameter.",
                    "tool_choice",
                    null);
        }
        return new ToolChoice.Named(name);
    }

    private boolean parallelToolCalls(List<OfferedFunction> functions) {
        if (body.hasNonNull("parallel_tool_calls")) {
            needsTools("parallel_tool_calls", functions);
        }
        return Shape.flag(body, "parallel_tool_calls", true);
    }

    private boolean includeUsage(boolean stream) {
        JsonNode options = body.path("stream_options");
        if (options.isMissingNode() || options.isNull()) {
            return false;
        }
        if (!stream) {
            throw refused(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                    "stream_options",
                    null);
        }
        return Shape.flag(options, "include_usage", false);
    }

    private @Nullable Integer maxTokens() {
        for (String name : List.of("max_completion_tokens", "max_tokens")) {
            JsonNode limit = body.path(name);
            if (limit.isMissingNode() || limit.isNull()) {
                continue;
            }
            if (!limit.canConvertToInt() || !limit.isIntegralNumber()) {
                throw new RefusedRequest(RequestError.wrongType(name, "an integer"));
            }
            if (limit.intValue() < 1) {
                throw refused(
                        "Invalid '"
                                + name
                                + "': integer below minimum value. Expected a value >= 1, but got "
                                + limit.intValue()
                                + " instead.",
                        name,
                        "integer_below_min_value");
            }
            return limit.intValue();
        }
        return null;
    }

    private ResponseFormat responseFormat(List<ChatMessage> messages) {
        JsonNode format = body.path("response_format");
        if (format.isMissingNode() || format.isNull()) {
            return new ResponseFormat.Text();
        }
        String type = Shape.text(format, "type", "response_format");
        return switch (type) {
            case "text" -> new ResponseFormat.Text();
            case "json_object" -> jsonObject(messages);
            case "json_schema" -> jsonSchema(format.path("json_schema"));
            default ->
                    throw refused(
                            "Invalid value: '"
                                    + type
                                    + "'. Supported values are: 'json_object', 'json_schema', and"
                                    + " 'text'.",
                            "response_format.type",
                            "invalid_value");
        };
    }

    private static ResponseFormat jsonObject(List<ChatMessage> messages) {
        if (messages.stream().noneMatch(m -> m.text().toLowerCase(Locale.ROOT).contains("json"))) {
            throw refused(
                    "'messages' must contain the word 'json' in some form, to use"
                            + " 'response_format' of type 'json_object'.",
                    "messages",
                    null);
        }
        return new ResponseFormat.JsonObject();
    }

    private static ResponseFormat jsonSchema(JsonNode format) {
        Shape.functionName(format, "response_format.json_schema");
        JsonNode schema = format.path("schema");
        if (!schema.isObject()) {
            throw new RefusedRequest(RequestError.missing("response_format.json_schema.schema"));
        }
        return new ResponseFormat.JsonSchema(schema);
    }

    private void checkNumber(String name, int most) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!value.isNumber()) {
            throw new RefusedRequest(RequestError.wrongType(name, "a decimal"));
        }
        if (value.doubleValue() < 0 || value.doubleValue() > most) {
            throw refused(
                    "Invalid '" + name + "': expected a decimal between 0 and " + most + ".",
                    name,
                    value.doubleValue() < 0
                            ? "decimal_below_min_value"
                            : "decimal_above_max_value");
        }
    }

    private void checkSingleChoice() {
        if (body.path("n").asInt(1) != 1) {
            throw refused("The simulator gives one choice only ('n' must be 1).", "n", null);
        }
    }

    private JsonNode array(String name, boolean required) {
        JsonNode array = body.path(name);
        if (array.isMissingNode() || (array.isNull() && !required)) {
            if (required) {
                throw new RefusedRequest(RequestError.missing(name));
            }
            return array;
        }
        if (!array.isArray()) {
            throw new RefusedRequest(RequestError.wrongType(name, "an array of objects"));
        }
        if (array.isEmpty()) {
            throw new RefusedRequest(RequestError.emptyArray(name));
        }
        return array;
    }

    private static void needsTools(String name, List<OfferedFunction> functions) {
        if (functions.isEmpty()) {
            throw refused(
                    "Invalid value for '"
                            + name
                            + "': '"
                            + name
                            + "' is only allowed when 'tools' are specified.",
                    name,
                    null);
        }
    }

    private static RefusedRequest refused(
            String message, @Nullable String param, @Nullable String code) {
        return new RefusedRequest(RequestError.invalid(message, param, code));
    }
}
