package dev.threadwell.vectorstore;

/**
 * A piece of a file's text.
 *
 * @param overlap how many characters at its start are the end of the chunk before
 */
public record Chunk(int overlap, String text) {}
