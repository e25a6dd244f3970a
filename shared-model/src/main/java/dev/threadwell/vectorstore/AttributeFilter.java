package dev.threadwell.vectorstore;

import java.util.List;

/** Which files a search looks at, by their attributes. */
public sealed interface AttributeFilter {

    /** How an attribute is compared. */
    enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        IN,
        NIN
    }

    /**
     * One attribute against a value, or against several for {@code in} and {@code nin}. A file
     * without the attribute is only found by {@code ne} and {@code nin}.
     *
     * @param values strings, numbers or booleans
     */
    record Comparison(Operator operator, String key, List<Object> values)
            implements AttributeFilter {}

    /** All of these, or any of them. */
    record Compound(boolean all, List<AttributeFilter> filters) implements AttributeFilter {}
}
