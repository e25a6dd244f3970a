package dev.threadwell.vectorstore;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a file's text.
 *
 * @param overlap the number of characters at its start that repeat the end of the previous chunk
 * @param vectors its embedding; null if it can be found by keywords only
 */
public record Chunk(int overlap, String text, @Nullable Vectors vectors) {

    /** A chunk without vectors. */
    public Chunk(int overlap, String text) {
        this(overlap, text, null);
    }

    /** This chunk with its vectors. */
    public Chunk with(Vectors found) {
        return new Chunk(overlap, text, found);
    }
}
