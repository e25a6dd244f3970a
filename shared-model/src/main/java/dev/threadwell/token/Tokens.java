package dev.threadwell.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens with a model's tokenizer, or that of newer models if it is unknown. Time and memory
 * are linear in the length of any text. The count is exact unless the text has a piece without a
 * break that is longer than {@link TokenizerSegments#LONGEST} characters; such a piece is cut, and
 * each cut changes the count by a few tokens.
 */
public final class Tokens {

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private final Encoding encoding;

    private Tokens(Encoding encoding) {
        this.encoding = encoding;
    }

    /** The tokenizer of this model; a path prefix such as {@code openai/} is ignored. */
    public static Tokens of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return ENCODINGS.getEncodingForModel(name).map(Tokens::new).orElseGet(Tokens::usual);
    }

    /** The tokenizer of newer models. */
    public static Tokens usual() {
        return new Tokens(ENCODINGS.getEncoding(EncodingType.O200K_BASE));
    }

    /** The number of tokens of the text. */
    public long count(String text) {
        return count(text, Long.MAX_VALUE);
    }

    /**
     * The number of tokens of the text if it is at most {@code most}, otherwise some larger number.
     * The text beyond the limit is not tokenized.
     */
    public long count(String text, long most) {
        long count = 0;
        String before = "";
        long countBefore = 0;
        for (int from = 0; from < text.length() && count <= most; ) {
            int end = TokenizerSegments.end(text, from);
            // Reuses the count of an equal segment, because texts that repeat one character consist
            // of these.
            if (end - from != before.length() || !text.startsWith(before, from)) {
                before = text.substring(from, end);
                countBefore = encoding.countTokensOrdinary(before);
            }
            count += countBefore;
            from = end;
        }
        return count;
    }

    /**
     * The UTF-8 byte offset at which each token begins, followed by the end of the last one; null
     * if there are more than {@code most} tokens.
     */
    public int @Nullable [] begins(String text, int most) {
        int[] begins = new int[Math.min(text.length(), 1_024) + 1];
        int count = 0;
        IntArrayList one = new IntArrayList(1);
        for (int from = 0; from < text.length(); ) {
            int end = TokenizerSegments.end(text, from);
            IntArrayList tokens = encoding.encodeOrdinary(text.substring(from, end));
            if (tokens.size() > most - count) {
                return null;
            }
            if (count + tokens.size() >= begins.length) {
                begins = Arrays.copyOf(begins, 2 * (count + tokens.size()));
            }
            for (int i = 0; i < tokens.size(); i++) {
                one.clear();
                one.add(tokens.get(i));
                begins[count + 1] = begins[count] + encoding.decodeBytes(one).length;
                count++;
            }
            from = end;
        }
        return Arrays.copyOf(begins, count + 1);
    }
}
