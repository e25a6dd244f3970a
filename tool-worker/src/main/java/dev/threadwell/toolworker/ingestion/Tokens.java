package dev.threadwell.toolworker.ingestion;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** How long texts are for a model. */
public final class Tokens {

    static final Encoding ENCODING =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private Tokens() {}

    /** How many tokens the text has. */
    public static int count(String text) {
        return ENCODING.countTokensOrdinary(text);
    }
}
