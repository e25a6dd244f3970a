package dev.threadwell.api.vectorstore;

import dev.threadwell.vectorstore.SearchResult.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extracted text of a file, as a list with a single page. */
public record ContentPage(
        String object, List<Content> data, boolean hasMore, @Nullable String nextPage) {

    static ContentPage of(String text) {
        return new ContentPage(
                "vector_store.file_content.page", List.of(Content.text(text)), false, null);
    }
}
