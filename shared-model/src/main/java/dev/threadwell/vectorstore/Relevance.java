package dev.threadwell.vectorstore;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores texts for a query between 0 and 1, in the manner of BM25: by how many of the query's words
 * a text contains, how often, and how rare each word is among the texts.
 */
public final class Relevance {

    /**
     * BM25's k1 (how soon repetitions of a word stop to count) and b (the penalty of long texts).
     */
    private static final double SATURATION = 0.3;

    private static final double LENGTH = 0.5;

    private Relevance() {}

    /** The scores of the texts for the words of a query, in the texts' order. */
    public static double[] scores(List<String> words, List<String> texts) {
        Set<String> wanted = new LinkedHashSet<>(words);
        List<Map<String, Integer>> counts = texts.stream().map(t -> counted(t, wanted)).toList();
        Map<String, Double> weights = weights(wanted, counts);
        double best = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double average = texts.stream().mapToInt(String::length).average().orElse(1);
        double[] scores = new double[texts.size()];
        for (int i = 0; i < scores.length; i++) {
            double length = 1 - LENGTH + LENGTH * texts.get(i).length() / Math.max(1, average);
            double sum = 0;
            for (Map.Entry<String, Integer> word : counts.get(i).entrySet()) {
                double often = word.getValue() / (word.getValue() + SATURATION * length);
                sum += often * weights.getOrDefault(word.getKey(), 0.0);
            }
            scores[i] = best == 0 ? 0 : sum / best;
        }
        return scores;
    }

    private static Map<String, Integer> counted(String text, Set<String> wanted) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : SearchTerms.of(text)) {
            if (wanted.contains(word)) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Double> weights(
            Set<String> wanted, List<Map<String, Integer>> counts) {
        Map<String, Double> weights = new HashMap<>();
        for (String word : wanted) {
            long having = counts.stream().filter(c -> c.containsKey(word)).count();
            weights.put(word, weight(having == 0 ? counts.size() : having, counts.size()));
        }
        return weights;
    }

    /**
     * The inverse document frequency. The caller weighs a word that occurs in none of the texts
     * like one that occurs in all of them.
     */
    private static double weight(long having, int all) {
        return Math.log(1 + (all - having + 0.5) / (having + 0.5));
    }
}
