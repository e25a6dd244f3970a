package dev.threadwell.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Takes the fields with secrets' ids, bindings and what providers want back out of internal JSON of
 * any shape, e.g. out of a record that is put aside. It copies token by token, so that a large
 * record takes no more memory than its text.
 */
public final class Redaction {

    private static final Set<String> INTERNAL =
            Set.of("secret_id", "threadwell", "provider_fields");

    private Redaction() {}

    /** The JSON without these fields; what has none of them, or is no JSON, as it is. */
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

    /** Whether anything was left out. */
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
