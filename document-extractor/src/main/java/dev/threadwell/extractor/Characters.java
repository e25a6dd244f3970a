package dev.threadwell.extractor;

/** Which characters mean something to a reader. */
final class Characters {

    private static final int REPLACEMENT = 0xFFFD;

    private Characters() {}

    /**
     * The text without what nobody would search for: controls, halves of characters, characters
     * that only one font knows, and what could not be decoded.
     */
    static String withMeaning(String text) {
        if (text.codePoints().allMatch(Characters::hasMeaning)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(Characters::hasMeaning).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    static boolean hasMeaning(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\t' || c == '\n' || c == '\r' || c == '\f';
            case Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> c != REPLACEMENT;
        };
    }
}
