package dev.threadwell.toolworker.ingestion;

import dev.threadwell.token.Tokens;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy.Sizes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a text into chunks with a maximum number of tokens, each overlapping the previous one. */
public final class Chunking {

    private static final Tokens TOKENS = Tokens.usual();

    private final byte[] text;

    /** The byte offsets at which tokens begin, and the end of the last one. */
    private final int[] tokens;

    private Chunking(byte[] text, int[] tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** Tokenizes the text; returns null if it has more than {@code mostTokens} tokens. */
    public static @Nullable Chunking of(String text, int mostTokens) {
        int[] begins = TOKENS.begins(text, mostTokens);
        return begins == null ? null : new Chunking(text.getBytes(StandardCharsets.UTF_8), begins);
    }

    /** The number of tokens of the text. */
    int count() {
        return tokens.length - 1;
    }

    /** The chunks in their order. */
    public List<Chunk> chunks(Sizes sizes) {
        List<Chunk> chunks = new ArrayList<>();
        int step = sizes.maxChunkSizeTokens() - sizes.chunkOverlapTokens();
        int covered = 0;
        for (int first = 0; covered < text.length; first += step) {
            int from = whole(tokens[first]);
            int to = whole(tokens[Math.min(first + sizes.maxChunkSizeTokens(), count())]);
            int overlap = text(from, Math.max(from, covered)).length();
            chunks.add(new Chunk(overlap, text(from, to)));
            covered = to;
        }
        return chunks;
    }

    private String text(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /**
     * Moves an offset to the beginning of its character: a token can end inside a character, which
     * then belongs to the next chunk.
     */
    private int whole(int at) {
        int begin = at;
        while (begin > 0 && begin < text.length && (text[begin] & 0xC0) == 0x80) {
            begin--;
        }
        return begin;
    }
}
