package dev.threadwell.vectorstore;

/**
 * Where a chunk is.
 *
 * @param stay of its file in the store
 * @param n its place in the file
 */
public record ChunkSpot(String storeId, long stay, int n) {}
