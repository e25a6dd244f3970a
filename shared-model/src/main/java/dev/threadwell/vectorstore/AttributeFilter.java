package dev.threadwell.vectorstore;

import java.util.List;

/** A condition on file attributes that restricts which files a search covers. */
public sealed interface AttributeFilter {

    /** The comparison operators. */
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
     * Compares an attribute with a value or, for {@code in} and {@code nin}, with several. A file
     * without the attribute matches only {@code ne} and {@code nin}.
     *
     * @param values strings, numbers or booleans
     */
    record Comparison(Operator operator, String key, List<Object> values)
            implements AttributeFilter {}

    /** A combination of filters, of which all or any must match. */
    record Compound(boolean all, List<AttributeFilter> filters) implements AttributeFilter {}
}
