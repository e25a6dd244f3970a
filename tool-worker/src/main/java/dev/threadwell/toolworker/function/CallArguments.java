package dev.threadwell.toolworker.function;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;

/** Parses the arguments of a call as the model wrote them. */
final class CallArguments {

    private CallArguments() {}

    /** The parsed JSON or, because some models write invalid JSON, the text itself. */
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
