package dev.threadwell.token;

/**
 * Splits a text into segments of bounded length for a tokenizer, whose time and memory grow with
 * the longest piece without a break. A segment ends where every tokenizer starts a new piece, if
 * possible, so that the token count stays exact. Only a piece that is longer than a segment is cut
 * inside.
 */
final class TokenizerSegments {

    /** Longer than any word of a language that separates words. */
    static final int LONGEST = 4_096;

    private TokenizerSegments() {}

    /** The end of the segment that starts at this index. */
    static int end(String text, int from) {
        int longest = Math.min(text.length(), from + LONGEST);
        if (longest == text.length()) {
            return longest;
        }
        for (int at = longest; at > from; at--) {
            if (isBreak(text, at)) {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(longest))
                        && Character.isHighSurrogate(text.charAt(longest - 1))
                ? longest - 1
                : longest;
    }

    /**
     * Whether every tokenizer has a break here: between a letter or digit and a character that
     * continues neither a word nor a number. An apostrophe may continue a word, as in "don't".
     */
    private static boolean isBreak(String text, int at) {
        return Character.isLetterOrDigit(text.charAt(at - 1))
                && !continuesWord(Character.codePointAt(text, at));
    }

    private static boolean continuesWord(int c) {
        return c == '\''
                || switch (Character.getType(c)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER,
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER ->
                            true;
                    default -> false;
                };
    }
}
