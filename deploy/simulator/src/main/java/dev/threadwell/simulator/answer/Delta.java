package dev.threadwell.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/** What one token adds to the answer. */
public sealed interface Delta {
    /** A piece of the text. */
    record Text(String piece) implements Delta {}

    /** A piece of a refusal. */
    record Refusal(String piece) implements Delta {}

    /** The beginning of a function call. */
    record CallBegins(int index, String id, String name) implements Delta {}

    /** A piece of a function call's arguments. */
    record CallContinues(int index, String piece) implements Delta {}

    /** A delta in a provider's own JSON form, sent as it is. */
    record Raw(JsonNode delta) implements Delta {}
}
