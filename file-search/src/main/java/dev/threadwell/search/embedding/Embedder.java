package dev.threadwell.search.embedding;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import java.util.List;

/** Says where texts lie. Blocks; what it is given is embedded whole, never cut off. */
public interface Embedder {

    /** These chunks of one text, which follow each other, with their vectors. */
    List<Chunk> embedded(List<Chunk> chunks);

    /** Where the answer to this query lies: one window. */
    Vectors query(String text);
}
