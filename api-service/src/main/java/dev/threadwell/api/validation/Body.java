package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, validated. A field that is null counts as absent. */
public final class Body {

    private static final ObjectReader READER =
            JsonMapper.builder(JsonLimits.factory())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readerFor(JsonNode.class);

    private final JsonNode fields;

    private Body(JsonNode fields) {
        this.fields = fields;
    }

    /** Parses and validates a body; an empty one counts as an empty object. */
    public static Body read(byte[] bytes, ObjectRule rule) {
        return of(tree(bytes), rule);
    }

    /** Parses a body and validates only that it is a JSON object. */
    public static ObjectNode tree(byte[] bytes) {
        JsonNode tree = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : parsed(bytes);
        if (!(tree instanceof ObjectNode object)) {
            throw notJson();
        }
        return object;
    }

    /** Validates a body that has been parsed before. */
    public static Body of(ObjectNode tree, ObjectRule rule) {
        for (Rule.Pass pass : Rule.Pass.values()) {
            rule.check(pass, "", tree);
        }
        return new Body(tree);
    }

    /**
     * Validates an object that was not written for this API, such as an imported one: unknown
     * fields are allowed.
     */
    public static Body known(JsonNode tree, ObjectRule rule) {
        if (!isUnicode(tree)) {
            throw notJson();
        }
        rule.check(Rule.Pass.MISSING, "", tree);
        rule.check(Rule.Pass.INVALID, "", tree);
        return new Body(tree);
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            JsonNode tree = READER.readValue(bytes);
            if (tree.isMissingNode()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (!isUnicode(tree)) {
                throw notJson();
            }
            return tree;
        } catch (IOException e) {
            throw JsonLimits.refused(e);
        }
    }

    /**
     * Whether all strings are valid Unicode. JSON can escape half a surrogate pair, but such a
     * string cannot be encoded in UTF-8 again.
     */
    private static boolean isUnicode(JsonNode value) {
        if (value.isTextual()) {
            return isUnicode(value.textValue());
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            if (!isUnicode(property.getKey())) {
                return false;
            }
        }
        // Iterates over the items of an array, and over the values of an object.
        for (JsonNode item : value) {
            if (!isUnicode(item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnicode(String text) {
        return text.codePoints()
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** The error for a body that cannot be parsed. */
    public static ApiException notJson() {
        return ApiError.badRequest(
                        "We could not parse the JSON body of your request. (HINT: This likely means"
                                + " you aren't using your HTTP library correctly. The OpenAI API"
                                + " expects a JSON payload, but what was sent was not valid JSON. If"
                                + " you have trouble figuring out how to fix this, please contact us"
                                + " through our help center at help.openai.com.)")
                .thrown();
    }

    /** The value; null if the field is absent or null. */
    public @Nullable JsonNode get(String name) {
        JsonNode value = fields.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the field is present, even if it is null. */
    public boolean gives(String name) {
        return fields.has(name);
    }

    /**
     * Throws if the field is absent; an explicit null is allowed, because it has a meaning here.
     */
    public void mustHave(String name) {
        if (!gives(name)) {
            throw ValidationErrors.missing(name);
        }
    }

    /** Whether the field is present and not null. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** A required string. */
    public String required(String name) {
        return fields.get(name).textValue();
    }

    /** A string, or null. */
    public @Nullable String text(String name) {
        JsonNode value = get(name);
        return value == null ? null : value.textValue();
    }

    /** A number, or null. */
    public @Nullable Double decimal(String name) {
        JsonNode value = get(name);
        return value == null ? null : Double.valueOf(value.doubleValue());
    }

    /** A whole number, or null. */
    public @Nullable Integer integer(String name) {
        JsonNode value = get(name);
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    /** A whole number that may be large, or null. */
    public @Nullable Long wholeNumber(String name) {
        JsonNode value = get(name);
        return value == null ? null : Long.valueOf(value.longValue());
    }

    /** A boolean, or this default. */
    public boolean flag(String name, boolean otherwise) {
        JsonNode value = get(name);
        return value == null ? otherwise : value.booleanValue();
    }

    /** A value that is shown again unchanged, or null. */
    public @Nullable Object any(String name) {
        JsonNode value = get(name);
        return value == null ? null : Json.read(value, Object.class);
    }

    /** The items of a list, or a single value as a list of one. */
    public List<Object> values(String name) {
        JsonNode value = fields.get(name);
        return value.isArray()
                ? value.valueStream().map(item -> Json.read(item, Object.class)).toList()
                : List.of(Json.read(value, Object.class));
    }

    /** A nested object, or null. */
    public @Nullable Body object(String name) {
        JsonNode value = get(name);
        return value == null ? null : new Body(value);
    }

    /** A required nested object. */
    public Body existing(String name) {
        return new Body(fields.get(name));
    }

    /** An object that is shown again unchanged, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, Object> map(String name) {
        JsonNode value = get(name);
        return value == null ? null : Json.read(value, Map.class);
    }

    /** The objects of a list; empty if it is absent. */
    public List<Body> objects(String name) {
        JsonNode value = get(name);
        return value == null ? List.of() : value.valueStream().map(Body::new).toList();
    }

    /** The strings of a list; empty if it is absent. */
    public List<String> strings(String name) {
        JsonNode value = get(name);
        return value == null ? List.of() : value.valueStream().map(JsonNode::textValue).toList();
    }

    /** The metadata, or null if it is absent. */
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, String> metadata() {
        JsonNode value = get("metadata");
        return value == null ? null : Json.read(value, Map.class);
    }

    /**
     * The metadata after a modification: null removes all, and an absent field keeps the present
     * ones.
     */
    public Map<String, String> metadataOr(Map<String, String> before) {
        Map<String, String> given = metadata();
        return given != null ? given : gives("metadata") ? Map.of() : before;
    }
}
