package dev.threadwell.search;

import dev.threadwell.vectorstore.AttributeFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for, and where.
 *
 * @param queries what answers any of them is found
 * @param threshold a result with a lower score is left out
 */
public record SearchQuery(
        String projectId,
        List<String> storeIds,
        List<String> queries,
        @Nullable AttributeFilter filter,
        int limit,
        double threshold,
        Weights weights) {

    /** How much the meaning of a chunk counts for its score, and how much its words do. */
    public record Weights(double meaning, double words) {

        /**
         * What serves best where nothing else is asked for: cosines lie close together, so that a
         * rare word that is there still outweighs most differences of meaning.
         */
        public static final Weights DEFAULT = new Weights(0.9, 0.1);

        /** What a {@code hybrid_search} of ranking options asks for. */
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
