package dev.threadwell.toolworker.websearch;

import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.toolworker.ingestion.Chunking;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy.Sizes;
import dev.threadwell.vectorstore.Relevance;
import dev.threadwell.vectorstore.SearchTerms;
import dev.threadwell.vectorstore.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cuts texts into passages and ranks them by how well they fit a query. */
final class Passages {

    private static final Sizes SIZES = new Sizes(250, 0);
    private static final int MAX_TOKENS = 400_000;

    /** Passages that are embedded, of one text and together: embedding is most of the work. */
    private static final int EMBEDDED_OF_A_TEXT = 8;

    private static final int EMBEDDED = 48;

    private Passages() {}

    /**
     * A passage of a text.
     *
     * @param source the index of the text
     * @param place which passage of its text it is
     * @param score how well it fits, at least 0
     */
    record Passage(int source, int place, String text, double score) {}

    /** The candidates of the texts by their words, with scores of words. */
    static List<Passage> candidates(String query, List<String> texts) {
        List<Passage> all = new ArrayList<>();
        for (int source = 0; source < texts.size(); source++) {
            Chunking chunking = Chunking.of(texts.get(source), MAX_TOKENS);
            List<Chunk> chunks = chunking == null ? List.of() : chunking.chunks(SIZES);
            for (int place = 0; place < chunks.size(); place++) {
                String text = chunks.get(place).text().strip();
                if (!text.isEmpty()) {
                    all.add(new Passage(source, place, text, 0));
                }
            }
        }
        double[] words =
                Relevance.scores(SearchTerms.of(query), all.stream().map(Passage::text).toList());
        List<Passage> scored =
                IntStream.range(0, all.size()).mapToObj(i -> scored(all.get(i), words[i])).toList();
        return IntStream.range(0, texts.size())
                .boxed()
                .flatMap(
                        source ->
                                scored.stream()
                                        .filter(one -> one.source() == source)
                                        .sorted(bestFirst())
                                        .limit(EMBEDDED_OF_A_TEXT))
                .sorted(bestFirst())
                .limit(EMBEDDED)
                .toList();
    }

    /** The passages by meaning and words, best first. Blocking. */
    static List<Passage> ranked(String query, List<Passage> candidates, Embedder embedder) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Vectors asked = embedder.query(query);
        List<Chunk> embedded =
                embedder.embedded(
                        candidates.stream().map(one -> new Chunk(0, one.text())).toList());
        Weights weights = Weights.DEFAULT;
        return IntStream.range(0, candidates.size())
                .mapToObj(
                        i -> {
                            Passage one = candidates.get(i);
                            double meaning = similarity(asked, embedded.get(i).vectors());
                            return scored(
                                    one,
                                    weights.meaning() * meaning + weights.words() * one.score());
                        })
                .sorted(bestFirst())
                .toList();
    }

    private static Passage scored(Passage passage, double score) {
        return new Passage(passage.source(), passage.place(), passage.text(), score);
    }

    private static Comparator<Passage> bestFirst() {
        return Comparator.comparingDouble(Passage::score)
                .reversed()
                .thenComparingInt(Passage::source)
                .thenComparingInt(Passage::place);
    }

    /** The similarity of the nearest part of a passage; 0 if they cannot be compared. */
    private static double similarity(Vectors query, @Nullable Vectors passage) {
        if (passage == null || !passage.model().equals(query.model())) {
            return 0;
        }
        float[] asked = query.windows().getFirst();
        return Math.max(
                0, passage.windows().stream().mapToDouble(one -> dot(asked, one)).max().orElse(0));
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
