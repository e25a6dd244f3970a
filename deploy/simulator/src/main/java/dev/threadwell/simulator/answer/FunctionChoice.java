package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.OfferedFunction;
import dev.threadwell.simulator.request.ToolChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which functions the built-in script calls: those whose words the user used. */
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

    static List<OfferedFunction> functions(ChatRequest request, String said) {
        List<OfferedFunction> offered = request.functions();
        List<OfferedFunction> chosen =
                switch (request.toolChoice()) {
                    case ToolChoice.None _ -> List.of();
                    case ToolChoice.Named(var name) ->
                            offered.stream().filter(f -> f.name().equals(name)).toList();
                    case ToolChoice.Auto _ -> meant(offered, said);
                    case ToolChoice.Required _ -> {
                        List<OfferedFunction> meant = meant(offered, said);
                        yield meant.isEmpty() ? offered.subList(0, 1) : meant;
                    }
                };
        return request.parallelToolCalls() || chosen.isEmpty() ? chosen : chosen.subList(0, 1);
    }

    private static List<OfferedFunction> meant(List<OfferedFunction> offered, String said) {
        Set<String> words = words(said).collect(Collectors.toSet());
        return offered.stream().filter(f -> telling(f).anyMatch(words::contains)).toList();
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
