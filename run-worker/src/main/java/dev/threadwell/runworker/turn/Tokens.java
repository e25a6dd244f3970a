package dev.threadwell.runworker.turn;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;

/**
 * Counts tokens as a model's own tokenizer does, where it is a known one, and nearly so where it is
 * not. Slow enough (megabytes a second) to be used only when it is not plain that all will fit.
 */
final class Tokens {

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    /** What a provider adds around each message. */
    private static final long MESSAGE = 4;

    private static final long SMALL_PICTURE = 85;
    private static final long PICTURE = 1_105;
    private static final String PICTURE_PART = "image_url";

    private final Encoding encoding;

    private Tokens(Encoding encoding) {
        this.encoding = encoding;
    }

    /** Those of this model; a prefix like {@code openai/} says where it runs and not what it is. */
    static Tokens of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return new Tokens(
                ENCODINGS
                        .getEncodingForModel(name)
                        .orElseGet(() -> ENCODINGS.getEncoding(EncodingType.O200K_BASE)));
    }

    long of(List<Map<String, Object>> messages) {
        return messages.stream().mapToLong(message -> MESSAGE + ofValue(message)).sum();
    }

    /** Tokens of something that is sent as JSON. */
    long ofJson(Object value) {
        return ofText(Json.compact(value));
    }

    private long ofValue(Object value) {
        return switch (value) {
            case String text -> ofText(text);
            case List<?> items -> items.stream().mapToLong(this::ofValue).sum();
            case Map<?, ?> picture when picture.get(PICTURE_PART) instanceof Map<?, ?> source ->
                    "low".equals(source.get("detail")) ? SMALL_PICTURE : PICTURE;
            case Map<?, ?> fields -> fields.values().stream().mapToLong(this::ofValue).sum();
            default -> 0;
        };
    }

    private long ofText(String text) {
        return encoding.countTokensOrdinary(text);
    }
}
