package dev.threadwell.search;

import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.SearchTerms;
import dev.threadwell.vectorstore.Vectors;
import java.util.List;

/** Embeds by counting words: the same words lie in the same place, others mostly elsewhere. */
final class CountedWords implements Embedder {

    private static final int SIZE = 64;

    private final String model;
    boolean fails;

    CountedWords() {
        this("counted-words");
    }

    CountedWords(String model) {
        this.model = model;
    }

    @Override
    public List<Chunk> embedded(List<Chunk> chunks) {
        return chunks.stream().map(chunk -> chunk.with(query(chunk.text()))).toList();
    }

    @Override
    public Vectors query(String text) {
        if (fails) {
            throw new IllegalStateException("the provider is away");
        }
        float[] counts = new float[SIZE];
        for (String word : SearchTerms.of(text)) {
            counts[Math.floorMod(word.hashCode(), SIZE)]++;
        }
        return new Vectors(model, List.of(Vectors.unit(counts)));
    }
}
