package dev.threadwell.runworker.text;

/**
 * Keeps a text that arrives in pieces free of unpaired surrogates. A model's token can end in the
 * middle of a supplementary character, such as an emoji, whose two surrogates then arrive in two
 * pieces: the high surrogate is held back until the low one arrives. An unpaired surrogate becomes
 * U+FFFD.
 */
public final class WholeCharacters {

    private static final char REPLACEMENT = '\uFFFD';

    private char waiting;
    private boolean waits;

    /**
     * Takes the next piece and returns the complete characters so far that were not returned yet.
     */
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

    /**
     * The replacement of a surrogate that is still held back at the end; empty if there is none.
     */
    public String rest() {
        boolean alone = waits;
        waits = false;
        return alone ? String.valueOf(REPLACEMENT) : "";
    }

    /** The text with unpaired surrogates replaced. */
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
