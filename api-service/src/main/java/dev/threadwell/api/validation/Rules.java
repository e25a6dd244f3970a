package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.validation.ObjectRule.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates the validation rules of which the rules of bodies are composed. */
public final class Rules {

    private static final int METADATA_VALUE = 512;

    private Rules() {}

    /** Any string of at most this many characters. */
    public static Rule text(int maximum) {
        return new Text(0, maximum, null);
    }

    /** Any string. */
    public static Rule text() {
        return text(Integer.MAX_VALUE);
    }

    /** A string that is not empty. */
    public static Rule filledText(int maximum) {
        return new Text(1, maximum, null);
    }

    /** A string that matches this pattern and is not empty. */
    public static Rule text(String pattern, int maximum) {
        return new Text(1, maximum, Pattern.compile(pattern));
    }

    /** The URL of an image; it can be a data URL with the image itself. */
    public static Rule imageUrl() {
        return new ImageUrlRule();
    }

    /** The URL of an endpoint of a user. */
    public static Rule url() {
        return new WebUrlRule();
    }

    /** Headers for an endpoint of a user. */
    public static Rule headers() {
        return new RequestHeadersRule();
    }

    /** One of these strings. */
    public static Rule oneOf(String... values) {
        return new Choice(List.of(values));
    }

    /** The id of an object of this kind. */
    public static Rule id(ObjectKind kind) {
        return new Id(kind);
    }

    /** The existing id of an imported object of this kind. */
    public static Rule keptId(ObjectKind kind) {
        return new IdRule(kind);
    }

    /** An integer of at least this. */
    public static Rule atLeast(int minimum) {
        return between(minimum, Integer.MAX_VALUE);
    }

    /** An integer in this range. */
    public static Rule between(long minimum, long maximum) {
        return new Number(
                "integer", BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum), true);
    }

    /** A number in this range. */
    public static Rule decimal(int minimum, int maximum) {
        return new Number(
                "decimal", BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum), false);
    }

    /** A boolean. */
    public static Rule flag() {
        return new Plain("a boolean", JsonNode::isBoolean);
    }

    /** Any object; it is stored unchanged. */
    public static Rule anyObject() {
        return new Plain("an object", JsonNode::isObject);
    }

    /** A list; {@code what} names its items: {@code objects} or {@code strings}. */
    public static Rule listOf(String what, int minimum, int maximum, Rule item) {
        return new Items("an array of " + what, minimum, maximum, item);
    }

    /** The same rule with a limit of the values and characters in the value. */
    public static Rule bounded(Rule rule, int maxValues, int maxCharacters) {
        return new BoundedJsonRule(rule, maxValues, maxCharacters);
    }

    /** An object with these fields and no others. */
    public static ObjectRule object(Field... fields) {
        return new ObjectRule(List.of(fields));
    }

    /** An object whose {@code type} determines its fields. */
    public static Rule byType(Map<String, ObjectRule> types) {
        return byType(types, List.copyOf(types.keySet()));
    }

    /** The same; {@code named} are the types that errors list. */
    public static Rule byType(Map<String, ObjectRule> types, List<String> named) {
        return new Tagged(types, named);
    }

    /** One of two rules, chosen by the JSON type of the value. */
    public static Rule either(Rule one, Rule other, String expected) {
        return new Either(one, other, expected);
    }

    /** Up to 16 pairs of strings. */
    public static Rule metadata() {
        return new Metadata();
    }

    /** A field that may be absent or null. */
    public static Field optional(String name, Rule rule) {
        return new Field(name, rule, false);
    }

    /** A field that must be present. */
    public static Field required(String name, Rule rule) {
        return new Field(name, rule, true);
    }

    private record Plain(String expected, java.util.function.Predicate<JsonNode> kind)
            implements ScalarRule {

        @Override
        public boolean meets(JsonNode value) {
            return kind.test(value);
        }

        @Override
        public void valid(String path, JsonNode value) {}
    }

    private record Text(int minimum, int maximum, @Nullable Pattern pattern) implements TextRule {

        @Override
        public void valid(String path, String text) {
            int length = text.codePointCount(0, text.length());
            if (length < minimum) {
                throw ValidationErrors.emptyString(path);
            }
            if (length > maximum) {
                throw ValidationErrors.tooLong(path, maximum, length);
            }
            if (pattern != null && !pattern.matcher(text).matches()) {
                throw ValidationErrors.pattern(path, pattern.pattern());
            }
        }
    }

    private record Choice(List<String> values) implements TextRule {

        @Override
        public void valid(String path, String text) {
            if (!values.contains(text)) {
                throw ValidationErrors.value(path, text, values);
            }
        }
    }

    private record Id(ObjectKind kind) implements TextRule {

        @Override
        public void valid(String path, String text) {
            kind.check(path, text);
        }
    }

    private record Number(String kind, BigDecimal minimum, BigDecimal maximum, boolean whole)
            implements ScalarRule {

        @Override
        public boolean meets(JsonNode value) {
            return whole ? value.isIntegralNumber() : value.isNumber();
        }

        @Override
        public String expected() {
            return whole ? "an integer" : "a decimal";
        }

        @Override
        public void valid(String path, JsonNode value) {
            BigDecimal number = value.decimalValue();
            if (number.compareTo(minimum) < 0) {
                throw ValidationErrors.below(path, kind, minimum.toString(), value.asText());
            }
            if (number.compareTo(maximum) > 0) {
                throw ValidationErrors.above(path, kind, maximum.toString(), value.asText());
            }
        }
    }

    private record Items(String expected, int minimum, int maximum, Rule item) implements Rule {

        @Override
        public boolean meets(JsonNode value) {
            return value.isArray();
        }

        @Override
        public void check(Pass pass, String path, JsonNode value) {
            if (pass == Pass.INVALID) {
                valid(path, value);
            }
            for (int i = 0; i < value.size() && value.isArray(); i++) {
                item.check(pass, path + "[" + i + "]", value.get(i));
            }
        }

        private void valid(String path, JsonNode value) {
            if (!value.isArray()) {
                throw ValidationErrors.type(path, expected, value);
            }
            if (value.size() < minimum) {
                throw ValidationErrors.emptyArray(path);
            }
            if (value.size() > maximum) {
                throw ValidationErrors.tooMany(path, maximum, value.size());
            }
        }
    }

    private record Tagged(Map<String, ObjectRule> types, List<String> named) implements Rule {

        private static final String TYPE = "type";

        @Override
        public boolean meets(JsonNode value) {
            return value.isObject();
        }

        @Override
        public String expected() {
            return "an object";
        }

        @Override
        public void check(Pass pass, String path, JsonNode value) {
            String at = path + "." + TYPE;
            if (!value.isObject()) {
                if (pass == Pass.INVALID) {
                    throw ValidationErrors.type(path, expected(), value);
                }
                return;
            }
            JsonNode type = value.get(TYPE);
            if (type == null) {
                throw ValidationErrors.missing(at);
            }
            ObjectRule fields = type.isTextual() ? types.get(type.textValue()) : null;
            if (fields != null) {
                fields.check(pass, path, value);
            } else if (pass == Pass.INVALID) {
                throw type.isTextual()
                        ? ValidationErrors.value(at, type.textValue(), named)
                        : ValidationErrors.type(at, "a string", type);
            }
        }
    }

    private record Either(Rule one, Rule other, String expected) implements Rule {

        @Override
        public boolean meets(JsonNode value) {
            return one.meets(value) || other.meets(value);
        }

        @Override
        public void check(Pass pass, String path, JsonNode value) {
            if (one.meets(value)) {
                one.check(pass, path, value);
            } else if (other.meets(value)) {
                other.check(pass, path, value);
            } else if (pass == Pass.INVALID) {
                throw ValidationErrors.type(path, expected, value);
            }
        }
    }

    private record Metadata() implements PairsRule {

        private static final Rule VALUE = text(METADATA_VALUE);

        @Override
        public void valid(String path, String name, JsonNode value) {
            VALUE.check(Pass.INVALID, path + "." + name, value);
        }
    }
}
