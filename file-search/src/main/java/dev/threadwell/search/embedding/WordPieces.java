package dev.threadwell.search.embedding;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** BERT's WordPiece tokenizer: splits a text into words, or the longest known parts of words. */
final class WordPieces {

    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}");
    private static final int MAX_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int unknown;
    private final int begin;
    private final int end;

    WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = special("[UNK]");
        this.begin = special("[CLS]");
        this.end = special("[SEP]");
    }

    private int special(String name) {
        return Objects.requireNonNull(vocabulary.get(name), name);
    }

    /**
     * Returns all tokens of the text in windows of about equal size, each with at most {@code most}
     * tokens.
     */
    List<long[]> windows(String text, int most) {
        int[] pieces = of(text);
        int count = Math.max(1, Math.ceilDiv(pieces.length, most - 2));
        List<long[]> windows = new ArrayList<>(count);
        for (int w = 0; w < count; w++) {
            int from = (int) ((long) pieces.length * w / count);
            int to = (int) ((long) pieces.length * (w + 1) / count);
            long[] window = new long[to - from + 2];
            window[0] = begin;
            Arrays.setAll(window, i -> i == 0 ? begin : i > to - from ? end : pieces[from + i - 1]);
            windows.add(window);
        }
        return windows;
    }

    int[] of(String text) {
        // Also before normalization, whose time is quadratic in the length of a run of accents.
        String bare = ACCENTS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String plain =
                ACCENTS.matcher(Normalizer.normalize(bare, Normalizer.Form.NFD)).replaceAll("");
        Pieces pieces = new Pieces();
        plain.codePoints().forEach(pieces::take);
        pieces.endWord();
        return Arrays.copyOf(pieces.ids, pieces.count);
    }

    private final class Pieces {

        private final StringBuilder word = new StringBuilder();
        private int[] ids = new int[512];
        private int count;

        private void take(int c) {
            if (c == 0 || c == 0xFFFD || Character.getType(c) == Character.FORMAT) {
                return;
            }
            boolean alone = Character.isIdeographic(c) || isPunctuation(c);
            if (alone || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                endWord();
            }
            if (alone) {
                word.appendCodePoint(c);
                endWord();
            } else if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                word.appendCodePoint(c);
            }
        }

        private void endWord() {
            if (!word.isEmpty()) {
                pieces(word.toString());
                word.setLength(0);
            }
        }

        private void pieces(String whole) {
            int before = count;
            int from = 0;
            while (from < whole.length()) {
                int to = whole.length() > MAX_WORD ? from : longest(whole, from);
                if (to == from) {
                    count = before;
                    add(unknown);
                    return;
                }
                from = to;
            }
        }

        /** Adds the longest known token that begins at {@code from} and returns its end. */
        private int longest(String whole, int from) {
            for (int to = whole.length(); to > from; to--) {
                Integer id = vocabulary.get((from == 0 ? "" : "##") + whole.substring(from, to));
                if (id != null) {
                    add(id);
                    return to;
                }
            }
            return from;
        }

        private void add(int id) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id;
        }
    }

    /** BERT's definition: includes the ASCII characters that Unicode classifies as symbols. */
    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}
