package dev.threadwell.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Security: removes secrets' ids, bindings and provider fields from internal JSON of any structure,
 * e.g. from a dead letter. Copies token by token, so that a large record takes no more memory than
 * its text.
 */
public final class Redaction {

    private static final Set<String> INTERNAL =
            Set.of("secret_id", "threadwell", "provider_fields");

    private Redaction() {}

    /**
     * The JSON without these fields; input without such fields, and input that is not JSON, is
     * returned unchanged.
     */
    public static byte[] of(byte[] json) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (JsonParser from = Json.mapper().createParser(json);
                JsonGenerator to = Json.mapper().createGenerator(copy)) {
            if (!copied(from, to)) {
                return json;
            }
        } catch (IOException e) {
            return json;
        }
        return copy.toByteArray();
    }

    /** Copies all tokens except these fields, and returns whether a field was removed. */
    private static boolean copied(JsonParser from, JsonGenerator to) throws IOException {
        boolean without = false;
        for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
            if (token == JsonToken.FIELD_NAME && INTERNAL.contains(from.currentName())) {
                without = true;
                from.nextToken();
                from.skipChildren();
            } else {
                to.copyCurrentEventExact(from);
            }
        }
        return without;
    }
}
