package dev.threadwell.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.wire.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Things to say that are hard to keep: the same ones from the same seed. */
final class Generated {

    private static final List<String> PIECES =
            List.of(
                    "plain ",
                    "Grüße",
                    "東京の天気",
                    "👩‍👩‍👧‍👦🚢",
                    "e\u0301",
                    "\u0000",
                    "\u0001\u001f\u007f",
                    "\"\\/'`$1%s{}[]<>&",
                    "\n\r\t\b\f",
                    "\u2028\u2029\ufeff",
                    "\u200f\u05e9\u05dc\u05d5\u05dd",
                    "\udbff\udfff",
                    " ",
                    "null",
                    "\\u0000");

    private static final JsonNodeFactory JSON =
            new JsonNodeFactory(true); // keeps 1.0 as it is written

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    boolean maybe() {
        return random.nextBoolean();
    }

    String text() {
        StringBuilder text = new StringBuilder("x");
        for (int i = below(6); i > 0; i--) {
            text.append(PIECES.get(below(PIECES.size())));
        }
        return text.toString();
    }

    ObjectNode metadata() {
        ObjectNode metadata = JSON.objectNode();
        for (int i = below(17); i > 0; i--) {
            metadata.put(cut(text() + i, 64), text());
        }
        return metadata;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : "cut" + text.hashCode();
    }

    /** A schema, which is free but for being an object. */
    ObjectNode schema() {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (int i = below(4); i > 0; i--) {
            ObjectNode one = properties.putObject(text() + i);
            one.set("default", number());
            one.put("nothing", (String) null);
            ArrayNode values = one.putArray("enum");
            values.add(text()).add(maybe()).add(number()).addArray();
        }
        return schema;
    }

    com.fasterxml.jackson.databind.JsonNode number() {
        return switch (below(8)) {
            case 0 -> JSON.numberNode(new BigInteger("123456789012345678901234567890"));
            case 1 -> JSON.numberNode(Long.MAX_VALUE);
            case 2 -> JSON.numberNode(Long.MIN_VALUE);
            case 3 -> JSON.numberNode(new BigDecimal("1.0"));
            case 4 -> JSON.numberNode(new BigDecimal("100.00"));
            case 5 -> JSON.numberNode(new BigDecimal("0.1000000000000000055511151231257827"));
            case 6 -> JSON.numberNode(new BigDecimal("1.5E+300"));
            default -> JSON.numberNode(0);
        };
    }

    private double decimal(int maximum) {
        return below(maximum * 100 + 1) / 100.0;
    }

    ObjectNode assistant() {
        ObjectNode body = JSON.objectNode().put("model", text());
        if (maybe()) {
            body.put("name", text()).put("description", text()).put("instructions", text());
        }
        if (maybe()) {
            body.put("temperature", decimal(2)).put("top_p", decimal(1));
        }
        if (maybe()) {
            body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "n")
                    .set("schema", schema());
        }
        body.set("metadata", metadata());
        body.set("tools", tools());
        return body;
    }

    private ArrayNode tools() {
        ArrayNode tools = JSON.arrayNode();
        for (int i = below(4); i > 0; i--) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", "f" + i);
            if (maybe()) {
                function.put("description", text());
            }
            if (maybe()) {
                function.set("parameters", schema());
            }
        }
        if (maybe()) {
            tools.addObject().put("type", "code_interpreter");
        }
        if (maybe()) {
            tools.addObject()
                    .put("type", "file_search")
                    .putObject("file_search")
                    .put("max_num_results", 1 + below(50))
                    .putObject("ranking_options")
                    .put("score_threshold", decimal(1));
        }
        return tools;
    }

    ObjectNode message() {
        ObjectNode body = JSON.objectNode().put("role", maybe() ? "user" : "assistant");
        if (maybe()) {
            body.put("content", text());
        } else {
            ArrayNode parts = body.putArray("content");
            for (int i = 1 + below(4); i > 0; i--) {
                parts.addObject().put("type", "text").put("text", text());
            }
        }
        body.set("metadata", metadata());
        return body;
    }

    ObjectNode thread() {
        ObjectNode body = JSON.objectNode();
        body.putArray("messages").add(message());
        body.set("metadata", metadata());
        return body;
    }

    ObjectNode run(String assistant) {
        ObjectNode body = JSON.objectNode().put("assistant_id", assistant);
        body.put("instructions", text());
        if (maybe()) {
            body.put("additional_instructions", text()).put("max_prompt_tokens", 1 + below(9999));
        }
        if (maybe()) {
            body.put("model", text()).put("temperature", decimal(2));
            body.set("tools", tools());
        }
        if (maybe()) {
            body.putObject("truncation_strategy")
                    .put("type", "last_messages")
                    .put("last_messages", 1 + below(9));
        }
        body.set("metadata", metadata());
        return body;
    }

    ObjectNode store() {
        ObjectNode body = JSON.objectNode().put("name", text());
        if (maybe()) {
            body.putObject("expires_after").put("anchor", "last_active_at").put("days", 7);
        }
        body.set("metadata", metadata());
        return body;
    }

    ObjectNode attributes() {
        ObjectNode body = JSON.objectNode();
        ObjectNode attributes = body.putObject("attributes");
        attributes.put("text", text().replace("\u0000", "0"));
        attributes.put("flag", maybe());
        attributes.set("number", number());
        return body;
    }

    String filename() {
        return text().replaceAll("[\\p{Cntrl}\"\\\\/]", "_") + ".txt";
    }

    static String json(ObjectNode body) {
        return Json.compact(body);
    }
}
