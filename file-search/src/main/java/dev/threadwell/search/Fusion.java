package dev.threadwell.search;

import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.index.ChunkIndex.Hit;
import java.util.List;
import java.util.Objects;

/** One score between 0 and 1 of what a chunk means and of the words that it has. */
final class Fusion {

    private Fusion() {}

    /**
     * The scores of these hits, in their order; of words alone, if none is known to mean anything.
     */
    static double[] scores(List<Hit> hits, Weights weights) {
        if (hits.stream().allMatch(hit -> hit.meaning() == null)) {
            return hits.stream().mapToDouble(Hit::words).toArray();
        }
        double farthest =
                hits.stream()
                        .map(Hit::meaning)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElseThrow();
        double all = weights.meaning() + weights.words();
        return hits.stream()
                .mapToDouble(
                        hit ->
                                (weights.meaning() * meaning(hit, farthest)
                                                + weights.words() * hit.words())
                                        / (all == 0 ? 1 : all))
                .toArray();
    }

    /** What is not among the nearest is at least as far as the farthest of them. */
    private static double meaning(Hit hit, double farthest) {
        Double meaning = hit.meaning();
        return Math.clamp(meaning == null ? farthest : meaning, 0, 1);
    }
}
