package dev.threadwell.runworker.text;

/**
 * Keeps a text that arrives in pieces free of half characters. A model's token can end in the
 * middle of a character beyond the first plane, such as an emoji, whose two UTF-16 halves then come
 * in two pieces: the first half waits for the second. A half that stays alone becomes U+FFFD.
 */
public final class WholeCharacters {

    private static final char REPLACEMENT = '\uFFFD';

    private char waiting;
    private boolean waits;

    /** Takes the next piece and returns what is whole by now. */
    public String take(String piece) {
        if (piece.isEmpty() || !waits && isWhole(piece)) {
            return piece;
        }
        StringBuilder whole = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i), whole);
        }
        return whole.toString();
    }

    /** A half for which no other half has come. */
    public String rest() {
        boolean alone = waits;
        waits = false;
        return alone ? String.valueOf(REPLACEMENT) : "";
    }

    /** A whole text without half characters. */
    public static String of(String text) {
        WholeCharacters characters = new WholeCharacters();
        String whole = characters.take(text);
        return whole + characters.rest();
    }

    private void add(char c, StringBuilder whole) {
        if (waits) {
            waits = false;
            if (Character.isLowSurrogate(c)) {
                whole.append(waiting).append(c);
                return;
            }
            whole.append(REPLACEMENT);
        }
        if (Character.isHighSurrogate(c)) {
            waiting = c;
            waits = true;
        } else {
            whole.append(Character.isLowSurrogate(c) ? REPLACEMENT : c);
        }
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
