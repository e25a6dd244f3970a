package dev.threadwell.vectorstore;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a file's text.
 *
 * @param overlap how many characters at its start are the end of the chunk before
 * @param vectors where its meaning lies; null if it is found by its words alone
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
