package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.request.OfferedFunction;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which functions the built-in script calls: those with a word of their name or description
 * in the user's message.
 */
final class FunctionChoice {
    private static final int SHORTEST_WORD = 4;
    private static final int WORDS_OF_DESCRIPTION = 6;
    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern WORD_STARTS = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Set<String> SAYS_NOTHING =
            Set.of(
                    "about",
                    "current",
                    "from",
                    "function",
                    "given",
                    "have",
                    "into",
                    "return",
                    "returns",
                    "some",
                    "that",
                    "this",
                    "tool",
                    "user",
                    "what",
                    "when",
                    "with",
                    "your");

    private FunctionChoice() {}

    static boolean isMeant(OfferedFunction function, String said) {
        Set<String> words = words(said).collect(Collectors.toSet());
        return telling(function).anyMatch(words::contains);
    }

    private static Stream<String> telling(OfferedFunction function) {
        String name = WORD_STARTS.matcher(function.name()).replaceAll(" ");
        return Stream.concat(words(name), words(function.description()).limit(WORDS_OF_DESCRIPTION))
                .filter(w -> w.length() >= SHORTEST_WORD && !SAYS_NOTHING.contains(w));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(NOT_A_LETTER.split(text.toLowerCase(Locale.ROOT)));
    }
}
