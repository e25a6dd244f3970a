package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;

/** The format that the answer's text must have. */
public sealed interface ResponseFormat {
    /** Any text. */
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /** JSON that conforms to this schema. */
    record JsonSchema(JsonNode schema) implements ResponseFormat {}
}
