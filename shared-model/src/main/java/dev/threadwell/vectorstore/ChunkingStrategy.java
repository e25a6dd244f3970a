package dev.threadwell.vectorstore;

/** How a file is split into chunks. */
public sealed interface ChunkingStrategy {

    /** The strategy behind {@code auto}, shown in this form. */
    ChunkingStrategy AUTO = new Static(new Sizes(800, 400));

    /** The sizes of the chunks. */
    Sizes sizes();

    /** Chunks of a fixed maximum size. */
    record Static(Sizes sizes) implements ChunkingStrategy {}

    /** The maximum size of a chunk, and how much of its end the next one repeats. */
    record Sizes(int maxChunkSizeTokens, int chunkOverlapTokens) {}
}
