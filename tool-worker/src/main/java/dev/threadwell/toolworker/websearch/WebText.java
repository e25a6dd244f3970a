package dev.threadwell.toolworker.websearch;

/** Cleans text from the web, which may try to look like something else to the model. */
final class WebText {

    private WebText() {}

    /**
     * The text without invisible and control characters, without the brackets of citation markers,
     * and without more than one line break or space in a row.
     */
    static String cleaned(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        boolean lineBreak = false;
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
                lineBreak = true;
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
            } else if (isVisible(c)) {
                if (!cleaned.isEmpty() && (lineBreak || space)) {
                    cleaned.append(lineBreak ? '\n' : ' ');
                }
                lineBreak = false;
                space = false;
                cleaned.appendCodePoint(c == '【' ? '[' : c == '】' ? ']' : c);
            }
        }
        return cleaned.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> c != 0xFFFD;
        };
    }

    /** The first code points of the text. */
    static String begin(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
