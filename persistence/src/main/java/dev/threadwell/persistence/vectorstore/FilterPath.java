package dev.threadwell.persistence.vectorstore;

import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.AttributeFilter.Comparison;
import dev.threadwell.vectorstore.AttributeFilter.Compound;
import dev.threadwell.vectorstore.AttributeFilter.Operator;
import dev.threadwell.wire.Json;
import java.util.stream.Collectors;

/**
 * Converts an attribute filter to a predicate in PostgreSQL's SQL/JSON path language. There a
 * comparison of different types is unknown, and a comparison with a missing attribute is false.
 */
final class FilterPath {

    private FilterPath() {}

    static String of(AttributeFilter filter) {
        return switch (filter) {
            case Comparison one -> "(" + comparison(one) + ")";
            case Compound(boolean all, var filters) when filters.isEmpty() -> constant(all);
            case Compound(boolean all, var filters) ->
                    filters.stream()
                            .map(FilterPath::of)
                            .collect(Collectors.joining(all ? " && " : " || ", "(", ")"));
        };
    }

    private static String constant(boolean value) {
        return value ? "(1 == 1)" : "(1 == 2)";
    }

    private static String comparison(Comparison one) {
        return switch (one.operator()) {
            case EQ, IN -> anyEqual(one);
            case NE, NIN -> "!(%1$s) || ((%1$s) is unknown)".formatted(anyEqual(one));
            case GT, GTE, LT, LTE ->
                    one.values().stream()
                            .map(value -> compared(one.key(), sign(one.operator()), value))
                            .collect(Collectors.joining(" && "));
        };
    }

    private static String anyEqual(Comparison one) {
        return one.values().isEmpty()
                ? constant(false)
                : one.values().stream()
                        .map(value -> compared(one.key(), "==", value))
                        .map(equal -> "(" + equal + ")")
                        .collect(Collectors.joining(" || "));
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case GT -> ">";
            case GTE -> ">=";
            case LT -> "<";
            case LTE -> "<=";
            case EQ, IN -> "==";
            case NE, NIN -> "!=";
        };
    }

    /** Keys and texts are quoted in the path language as in JSON. */
    private static String compared(String key, String sign, Object value) {
        return "$." + Json.compact(key) + " " + sign + " " + Json.compact(value);
    }
}
