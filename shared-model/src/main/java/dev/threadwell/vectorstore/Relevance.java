package dev.threadwell.vectorstore;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well texts answer a query, each between 0 and 1: how many of the query's words it has, and
 * how often; a word that few of the texts have counts for more.
 */
public final class Relevance {

    /** How soon more of the same word stops to count, and how much a long text is held against. */
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
        for (String word : Words.of(text)) {
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

    /** A word that none of the texts has tells as little as one that all of them have. */
    private static double weight(long having, int all) {
        return Math.log(1 + (all - having + 0.5) / (having + 0.5));
    }
}
