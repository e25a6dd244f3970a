package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.json.SimulatorJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into the simulator's tokens: a word of up to eight letters with the space before it,
 * a single punctuation mark, or a single Chinese, Japanese or Korean character. Answers are
 * streamed in these pieces and usage counts them. They match no real tokenizer.
 */
final class SimulatedTokens {
    private static final int LONGEST_PIECE = 8;

    private SimulatedTokens() {}

    static List<String> split(String text) {
        String clean = SimulatorJson.wellFormed(text);
        var pieces = new ArrayList<String>();
        for (int start = 0; start < clean.length(); ) {
            int end = end(clean, start);
            pieces.add(clean.substring(start, end));
            start = end;
        }
        return pieces;
    }

    static int count(String text) {
        int count = 0;
        for (int start = 0; start < text.length(); start = end(text, start)) {
            count++;
        }
        return count;
    }

    private static int end(String text, int start) {
        int i = start;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        for (int letters = 0; i < text.length() && letters < LONGEST_PIECE; letters++) {
            int c = text.codePointAt(i);
            if (!continuesWord(c)) {
                return letters == 0 ? i + Character.charCount(c) : i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static boolean continuesWord(int c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c) && !syllabic(c);
    }

    private static boolean syllabic(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HIRAGANA, KATAKANA, HANGUL -> true;
            default -> false;
        };
    }
}
