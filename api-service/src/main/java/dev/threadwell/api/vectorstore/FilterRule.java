package dev.threadwell.api.vectorstore;

import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.FileAttributesRule;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.AttributeFilter.Comparison;
import dev.threadwell.vectorstore.AttributeFilter.Compound;
import dev.threadwell.vectorstore.AttributeFilter.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The validation rule of a filter by attributes, which may contain filters. */
final class FilterRule {

    private static final int MOST = 1_000;
    private static final List<String> OF_LISTS = List.of("in", "nin");
    private static final List<String> OF_FILTERS = List.of("and", "or");

    static final Rule RULE = byType(types());

    private FilterRule() {}

    private static Map<String, ObjectRule> types() {
        Rule type = oneOf("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "and", "or");
        Map<String, ObjectRule> types = new LinkedHashMap<>();
        for (String one : List.of("eq", "ne", "gt", "gte", "lt", "lte")) {
            types.put(one, comparison(type, FileAttributesRule.VALUE));
        }
        for (String one : OF_LISTS) {
            types.put(
                    one,
                    comparison(
                            type, listOf("strings or numbers", 0, MOST, FileAttributesRule.VALUE)));
        }
        for (String one : OF_FILTERS) {
            types.put(
                    one,
                    object(
                            required("type", type),
                            required("filters", listOf("objects", 0, MOST, new Nested()))));
        }
        return types;
    }

    private static ObjectRule comparison(Rule type, Rule value) {
        return object(
                required("type", type),
                required("key", FileAttributesRule.text(64)),
                required("value", value));
    }

    /** Recursion: a filter inside a filter. */
    private record Nested() implements Rule {

        @Override
        public boolean meets(JsonNode value) {
            return RULE.meets(value);
        }

        @Override
        public String expected() {
            return RULE.expected();
        }

        @Override
        public void check(Pass pass, String path, JsonNode value) {
            RULE.check(pass, path, value);
        }
    }

    /** The filter that a valid body requests. */
    static AttributeFilter filter(Body body) {
        String type = body.required("type");
        if (OF_FILTERS.contains(type)) {
            return new Compound(
                    type.equals("and"),
                    body.objects("filters").stream().map(FilterRule::filter).toList());
        }
        return new Comparison(
                Operator.valueOf(type.toUpperCase(Locale.ROOT)),
                body.required("key"),
                body.values("value"));
    }
}
