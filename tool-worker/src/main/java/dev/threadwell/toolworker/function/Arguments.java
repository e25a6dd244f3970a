package dev.threadwell.toolworker.function;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;

/** What a model wrote as the arguments of a call. */
final class Arguments {

    private Arguments() {}

    /** The JSON that it is, or the text, because some models write none. */
    static Object of(String written) {
        try {
            JsonNode json =
                    Json.mapper()
                            .readerFor(JsonNode.class)
                            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readValue(written);
            return json.isMissingNode() ? written : json;
        } catch (IOException e) {
            return written;
        }
    }
}
