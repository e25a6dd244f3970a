package dev.threadwell.vectorstore;

/**
 * The identity of a chunk.
 *
 * @param fileVersion the version of the file: the number of its attachment to the store
 * @param n the chunk's number in the file
 */
public record ChunkRef(String storeId, long fileVersion, int n) {}
