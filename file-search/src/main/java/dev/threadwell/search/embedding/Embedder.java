package dev.threadwell.search.embedding;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import java.util.List;

/** Computes embeddings. Blocking; texts are embedded as a whole and never truncated. */
public interface Embedder {

    /** Returns these consecutive chunks of one text with their vectors. */
    List<Chunk> embedded(List<Chunk> chunks);

    /** The vector of a query, as a single window. */
    Vectors query(String text);
}
