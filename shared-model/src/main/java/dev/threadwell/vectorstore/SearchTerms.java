package dev.threadwell.vectorstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Splits texts and queries into words, for PostgreSQL's full-text search. Scripts without spaces
 * between words, such as Chinese, are split into bigrams.
 */
public final class SearchTerms {

    private static final int MAX_LENGTH = 64;

    /** PostgreSQL's limits on the positions of a word. */
    private static final int MAX_PLACE = 16_383;

    private static final int MAX_PLACES = 255;

    private final List<String> found = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private final List<String> dense = new ArrayList<>();

    private SearchTerms() {}

    /** All words of the text in their order, in lower case. */
    public static List<String> of(String text) {
        SearchTerms words = new SearchTerms();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(words::take);
        words.endWord();
        words.endDense();
        return List.copyOf(words.found);
    }

    /** The text as a {@code tsvector}: each word with its positions. */
    public static String vector(String text) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        int place = 0;
        for (String word : of(text)) {
            place = Math.min(place + 1, MAX_PLACE);
            List<Integer> known = places.computeIfAbsent(word, w -> new ArrayList<>());
            if (known.size() < MAX_PLACES && (known.isEmpty() || known.getLast() < place)) {
                known.add(place);
            }
        }
        return places.entrySet().stream().map(SearchTerms::lexeme).collect(Collectors.joining(" "));
    }

    private static String lexeme(Map.Entry<String, List<Integer>> word) {
        return word.getValue().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", "'" + word.getKey() + "':", ""));
    }

    /** A {@code tsquery} that matches any of these words. */
    public static String anyOf(Collection<String> words) {
        return words.stream().map(w -> "'" + w + "'").collect(Collectors.joining("|"));
    }

    private void take(int c) {
        if (isDense(c)) {
            endWord();
            dense.add(Character.toString(c));
        } else if (Character.isLetterOrDigit(c) || isMark(c) && !word.isEmpty()) {
            endDense();
            if (word.length() < MAX_LENGTH) {
                word.appendCodePoint(c);
            }
        } else {
            endWord();
            endDense();
        }
    }

    private void endWord() {
        if (!word.isEmpty()) {
            found.add(word.toString());
            word.setLength(0);
        }
    }

    private void endDense() {
        if (dense.size() == 1) {
            found.add(dense.getFirst());
        }
        for (int i = 1; i < dense.size(); i++) {
            found.add(dense.get(i - 1) + dense.get(i));
        }
        dense.clear();
    }

    private static boolean isMark(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isDense(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(c);
            default -> false;
        };
    }
}
