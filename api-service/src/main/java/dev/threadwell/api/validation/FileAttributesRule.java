package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * The validation rule of the attributes of a file in a vector store, by which searches can be
 * filtered.
 */
public record FileAttributesRule() implements PairsRule {

    /** A value of an attribute. */
    public static final Rule VALUE =
            Rules.either(text(512), new Scalar(), "one of a string, a number, or a boolean");

    /** PostgreSQL can neither store nor compare the character zero. */
    private static final String NO_ZERO = "^[^\\x00]*$";

    /** A string that can be stored in a column and compared there. */
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

    /** True, false, or a number that others can read too. */
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
