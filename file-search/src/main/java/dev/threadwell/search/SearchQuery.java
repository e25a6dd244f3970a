package dev.threadwell.search;

import dev.threadwell.vectorstore.AttributeFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queries, stores and limits of a search.
 *
 * @param queries alternatives: a chunk is found if it matches any of them
 * @param threshold results with a lower score are left out
 */
public record SearchQuery(
        String projectId,
        List<String> storeIds,
        List<String> queries,
        @Nullable AttributeFilter filter,
        int limit,
        double threshold,
        Weights weights) {

    /** The weights of the embedding similarity and of the keyword score in a chunk's score. */
    public record Weights(double meaning, double words) {

        /**
         * The weights with the best results by default. Cosines lie close together, so that a
         * matching rare word still outweighs most differences in meaning.
         */
        public static final Weights DEFAULT = new Weights(0.9, 0.1);

        /** The weights of a {@code hybrid_search} in ranking options. */
        public static Weights of(@Nullable Object hybridSearch) {
            return hybridSearch instanceof Map<?, ?> asked
                            && asked.get("embedding_weight") instanceof Number meaning
                            && asked.get("text_weight") instanceof Number words
                            && meaning.doubleValue() + words.doubleValue() > 0
                    ? new Weights(meaning.doubleValue(), words.doubleValue())
                    : DEFAULT;
        }
    }
}
