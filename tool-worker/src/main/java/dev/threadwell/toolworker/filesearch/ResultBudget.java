package dev.threadwell.toolworker.filesearch;

import dev.threadwell.token.Tokens;
import dev.threadwell.vectorstore.SearchResult;
import java.util.ArrayList;
import java.util.List;

/** Limits the results of a search for the model, in number and in total tokens (contract 8.3). */
record ResultBudget(int results, int tokens) {

    private static final Tokens TOKENS = Tokens.usual();

    /** The default for a model, if the assistant sets no limit. */
    static ResultBudget of(String model) {
        return model.startsWith("gpt-3.5")
                ? new ResultBudget(5, 4_000)
                : new ResultBudget(20, 16_000);
    }

    ResultBudget withResults(int asked) {
        return new ResultBudget(asked, tokens);
    }

    /** The best results that fit; the best one is included even if it alone is too long. */
    List<SearchResult> of(List<SearchResult> found) {
        List<SearchResult> given = new ArrayList<>();
        long left = tokens;
        for (SearchResult result : found.subList(0, Math.min(results, found.size()))) {
            left -= tokens(result);
            if (left < 0 && !given.isEmpty()) {
                break;
            }
            given.add(result);
        }
        return List.copyOf(given);
    }

    private static long tokens(SearchResult result) {
        return result.content().stream().mapToLong(part -> TOKENS.count(part.text())).sum();
    }
}
