package dev.threadwell.api.vectorstore;

import dev.threadwell.vectorstore.SearchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a search, as a list with a single page. */
public record SearchPage(
        String object,
        List<String> searchQuery,
        List<SearchResult> data,
        boolean hasMore,
        @Nullable String nextPage) {

    static SearchPage of(List<String> queries, List<SearchResult> results) {
        return new SearchPage("vector_store.search_results.page", queries, results, false, null);
    }
}
