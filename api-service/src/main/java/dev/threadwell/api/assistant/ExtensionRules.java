package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.headers;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;
import static dev.threadwell.api.validation.Rules.url;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.ToolSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the extensions to tools that the original does not have: bindings of functions, and
 * MCP servers.
 */
final class ExtensionRules {

    static final String MCP = ToolKind.MCP.name();
    static final String BINDING = "threadwell";

    private static final String HTTP = "http";
    private static final String TOPIC = "topic";
    private static final String HEADERS = "headers";
    private static final String SECRET = "secret";
    private static final String AUTHORIZATION = "authorization";

    private static final int PATIENCE_SECONDS = 30;
    private static final int MAX_PATIENCE_SECONDS = 600;

    /** The rule of the property {@code threadwell} of a function. */
    static final ObjectRule OF_A_FUNCTION =
            object(
                    optional(
                            HTTP,
                            object(
                                    required("url", url()),
                                    optional(
                                            SECRET,
                                            text("^whsec_[A-Za-z0-9+/]{32,88}={0,2}$", 128)),
                                    optional(HEADERS, headers()))),
                    optional(TOPIC, text("^[a-zA-Z0-9._-]+$", 64)),
                    optional("timeout_seconds", between(1, MAX_PATIENCE_SECONDS)),
                    optional("repeatable", flag()));

    private ExtensionRules() {}

    /** The rule of a tool of the type {@code mcp}. */
    static ObjectRule ofMcp(Rule type) {
        return object(
                required("type", type),
                required("server_label", text("^[a-zA-Z0-9]+([_-][a-zA-Z0-9]+)*$", 24)),
                required("server_url", url()),
                optional("allowed_tools", listOf("strings", 0, 128, filledText(128))),
                optional("require_approval", oneOf("never")),
                optional(AUTHORIZATION, text("^[\\x21-\\x7e]+$", 8_192)),
                optional(HEADERS, headers()));
    }

    /** The binding of a function, without its secret. */
    static Binding binding(String path, Body given) {
        Body http = given.object(HTTP);
        String topic = given.text(TOPIC);
        if (http != null && topic != null) {
            throw ValidationErrors.exclusive(path + "." + HTTP, path + "." + TOPIC);
        }
        if (http == null && topic == null) {
            throw ValidationErrors.missing(path + "." + HTTP);
        }
        Integer patience = given.integer("timeout_seconds");
        return new Binding(
                http == null ? null : new Binding.Http(http.required("url")),
                topic,
                patience == null ? PATIENCE_SECONDS : patience,
                given.flag("repeatable", true),
                null);
    }

    /** An MCP server, without its secret. */
    static Tool.Mcp mcp(Body given) {
        return new Tool.Mcp(
                given.required("server_label"),
                given.required("server_url"),
                given.has("allowed_tools") ? given.strings("allowed_tools") : null,
                "never",
                null);
    }

    /** The secret of a function's endpoint; null if the request does not mention it. */
    static @Nullable ToolSecret secret(Body binding) {
        Body http = binding.object(HTTP);
        return http == null || (!http.gives(SECRET) && !http.gives(HEADERS))
                ? null
                : new ToolSecret(http.text(SECRET), headersOf(http));
    }

    /** The secret headers for an MCP server; null if the request does not mention them. */
    static @Nullable ToolSecret secretOfMcp(Body mcp) {
        if (!mcp.gives(AUTHORIZATION) && !mcp.gives(HEADERS)) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>(headersOf(mcp));
        String token = mcp.text(AUTHORIZATION);
        if (token != null) {
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
        return new ToolSecret(null, headers);
    }

    private static Map<String, String> headersOf(Body given) {
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, Object> all = given.map(HEADERS);
        if (all != null) {
            all.forEach((name, value) -> headers.put(name, String.valueOf(value)));
        }
        return headers;
    }
}
