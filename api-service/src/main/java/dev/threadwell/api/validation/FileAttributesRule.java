package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * The validation rule of the attributes of a file in a vector store, by which searches can be
 * filtered.
 */
public record FileAttributesRule() implements PairsRule {

    /** The rule of a value of an attribute. */
    public static final Rule VALUE =
            Rules.either(text(512), new Scalar(), "one of a string, a number, or a boolean");

    /** PostgreSQL can neither store nor compare the NUL character. */
    private static final String NO_ZERO = "^[^\\x00]*$";

    /** A string that PostgreSQL can store and compare. */
    public static Rule text(int maximum) {
        return Rules.text(NO_ZERO, maximum);
    }

    @Override
    public void valid(String path, String name, JsonNode value) {
        if (name.indexOf('\0') >= 0) {
            throw ValidationErrors.pattern(path, NO_ZERO);
        }
        VALUE.check(Pass.INVALID, path + "." + name, value);
    }

    /**
     * A boolean, or a number with limited digits and exponent, which every JSON parser can read.
     */
    private record Scalar() implements Rule {

        private static final int MAX_DIGITS = 40;
        private static final int MAX_EXPONENT = 300;

        @Override
        public boolean meets(JsonNode value) {
            return value.isBoolean() || value.isNumber() && isReadable(value.decimalValue());
        }

        private static boolean isReadable(BigDecimal number) {
            return number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_EXPONENT;
        }

        @Override
        public String expected() {
            return "a number or a boolean";
        }

        @Override
        public void check(Pass pass, String path, JsonNode value) {}
    }
}
