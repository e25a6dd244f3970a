package dev.threadwell.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens as a model's own tokenizer does, or nearly so where that is not known. Time and
 * memory grow linearly with the text, whatever its characters. The count is exact unless the text
 * has a piece without a break that is longer than {@link Segments#LONGEST} characters; such a piece
 * is cut, and each cut changes the count by a few tokens.
 */
public final class Tokens {

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private final Encoding encoding;

    private Tokens(Encoding encoding) {
        this.encoding = encoding;
    }

    /** Those of this model; a prefix like {@code openai/} says where it runs and not what it is. */
    public static Tokens of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return ENCODINGS.getEncodingForModel(name).map(Tokens::new).orElseGet(Tokens::usual);
    }

    /** Those of the newer models. */
    public static Tokens usual() {
        return new Tokens(ENCODINGS.getEncoding(EncodingType.O200K_BASE));
    }

    /** How many tokens the text has. */
    public long count(String text) {
        return count(text, Long.MAX_VALUE);
    }

    /**
     * How many tokens the text has, if they are no more than this; otherwise a number that is
     * larger. What is behind the limit is not looked at.
     */
    public long count(String text, long most) {
        long count = 0;
        String before = "";
        long countBefore = 0;
        for (int from = 0; from < text.length() && count <= most; ) {
            int end = Segments.end(text, from);
            // Texts that repeat one character consist of equal segments.
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
     * At which byte of the text's UTF-8 each token begins, and behind these where the last one
     * ends; null if there are more tokens than this.
     */
    public int @Nullable [] begins(String text, int most) {
        int[] begins = new int[Math.min(text.length(), 1_024) + 1];
        int count = 0;
        IntArrayList one = new IntArrayList(1);
        for (int from = 0; from < text.length(); ) {
            int end = Segments.end(text, from);
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
