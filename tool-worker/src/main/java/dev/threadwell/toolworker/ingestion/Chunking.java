package dev.threadwell.toolworker.ingestion;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy.Sizes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into chunks of so many tokens, each of which begins with the end of the last. */
final class Chunking {

    private final byte[] text;

    /** Where each token begins, in bytes, and where the last one ends. */
    private final int[] tokens;

    private Chunking(byte[] text, int[] tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static Chunking of(String text) {
        Encoding encoding = Tokens.ENCODING;
        IntArrayList encoded = encoding.encodeOrdinary(text);
        int[] begins = new int[encoded.size() + 1];
        IntArrayList one = new IntArrayList(1);
        for (int i = 0; i < encoded.size(); i++) {
            one.clear();
            one.add(encoded.get(i));
            begins[i + 1] = begins[i] + encoding.decodeBytes(one).length;
        }
        return new Chunking(text.getBytes(StandardCharsets.UTF_8), begins);
    }

    /** How many tokens the text has. */
    int count() {
        return tokens.length - 1;
    }

    /** The chunks, in their order. */
    List<Chunk> chunks(Sizes sizes) {
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

    /** A token can end within a character, and then the character goes to the next one. */
    private int whole(int at) {
        int begin = at;
        while (begin > 0 && begin < text.length && (text[begin] & 0xC0) == 0x80) {
            begin--;
        }
        return begin;
    }
}
