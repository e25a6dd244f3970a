package dev.threadwell.vectorstore;

/** How a file is cut into chunks. */
public sealed interface ChunkingStrategy {

    /** What {@code auto} means, and how it is shown. */
    ChunkingStrategy AUTO = new Static(new Sizes(800, 400));

    /** The sizes of the chunks. */
    Sizes sizes();

    /** Chunks of a size that is known beforehand. */
    record Static(Sizes sizes) implements ChunkingStrategy {}

    /** How long a chunk is at most, and how much of it the next one repeats. */
    record Sizes(int maxChunkSizeTokens, int chunkOverlapTokens) {}
}
