package dev.threadwell.search;

import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.index.ChunkIndex.Hit;
import java.util.List;
import java.util.Objects;

/** Combines a chunk's embedding similarity and its keyword score into one score between 0 and 1. */
final class Fusion {

    private Fusion() {}

    /**
     * The scores of these hits, in their order; the keyword scores alone if no hit has an embedding
     * similarity.
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

    /**
     * A hit without a similarity is not among the nearest, so its similarity is at most the lowest
     * one found.
     */
    private static double meaning(Hit hit, double farthest) {
        Double meaning = hit.meaning();
        return Math.clamp(meaning == null ? farthest : meaning, 0, 1);
    }
}
