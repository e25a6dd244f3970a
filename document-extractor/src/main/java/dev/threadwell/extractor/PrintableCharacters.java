package dev.threadwell.extractor;

/** Decides which characters are text to a reader. */
final class PrintableCharacters {

    private static final int REPLACEMENT = 0xFFFD;

    private PrintableCharacters() {}

    /**
     * Removes characters that nobody would search for: control characters, lone surrogates,
     * private-use and unassigned characters, and the replacement character of failed decoding.
     */
    static String withMeaning(String text) {
        if (text.codePoints().allMatch(PrintableCharacters::hasMeaning)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(PrintableCharacters::hasMeaning).forEach(kept::appendCodePoint);
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
