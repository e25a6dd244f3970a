package dev.threadwell.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.threadwell.simulator.json.SimulatorJson;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generates the simplest value that a JSON schema allows; strings take a name from the user's
 * message where there is one.
 */
final class SchemaExample {
    private static final int DEEPEST = 16;

    /** Capitalized words that do not begin a sentence, which are most likely names. */
    private static final Pattern NAME =
            Pattern.compile("(?<=[^.!?\\s]\\s)\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)*");

    private final JsonNode root;
    private final String said;

    private SchemaExample(JsonNode root, String said) {
        this.root = root;
        this.said = said;
    }

    static JsonNode of(JsonNode schema, String said) {
        return schema.isObject()
                ? new SchemaExample(schema, said).value(schema, "value", 0)
                : SimulatorJson.object();
    }

    private JsonNode value(JsonNode schema, String name, int depth) {
        if (depth > DEEPEST) {
            return NullNode.getInstance();
        }
        for (String given : new String[] {"const", "default"}) {
            if (schema.has(given)) {
                return schema.get(given);
            }
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        for (String alternatives : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(alternatives).isEmpty()) {
                return value(schema.path(alternatives).get(0), name, depth + 1);
            }
        }
        String reference = schema.path("$ref").asText("");
        if (reference.startsWith("#")) {
            return value(root.at(reference.substring(1)), name, depth + 1);
        }
        return ofType(schema, name, depth);
    }

    private JsonNode ofType(JsonNode schema, String name, int depth) {
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" ->
                    JsonNodeFactory.instance
                            .arrayNode()
                            .add(value(schema.path("items"), name, depth + 1));
            case "integer" -> IntNode.valueOf(Math.max(1, schema.path("minimum").asInt(1)));
            case "number" ->
                    DecimalNode.valueOf(
                            BigDecimal.ONE.max(
                                    schema.path("minimum").isNumber()
                                            ? schema.path("minimum").decimalValue()
                                            : BigDecimal.ONE));
            case "boolean" -> BooleanNode.TRUE;
            case "null" -> NullNode.getInstance();
            default -> TextNode.valueOf(text(schema, name));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = SimulatorJson.object();
        for (JsonNode required : schema.path("required")) {
            String name = required.asText();
            object.set(name, value(schema.path("properties").path(name), name, depth + 1));
        }
        return object;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asText();
        }
        return schema.has("properties") ? "object" : type.asText();
    }

    private String text(JsonNode schema, String name) {
        return switch (schema.path("format").asText()) {
            case "date" -> "2026-01-31";
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "email" -> "someone@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000001";
            default -> nameSaid(name);
        };
    }

    private String nameSaid(String otherwise) {
        Matcher names = NAME.matcher(said);
        return names.find() ? names.group() : otherwise;
    }
}
