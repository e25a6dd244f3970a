package dev.threadwell.bench.client;

import io.vertx.core.json.JsonObject;

/** A direction to the simulated model: the number of tokens and their pace. */
public record Direction(int tokens, int firstTokenMillis, int gapMillis) {

    /** The user message that contains the direction. */
    public String text() {
        return "simulate "
                + new JsonObject()
                        .put("say", "It")
                        .put("tokens", tokens)
                        .put("first_token_ms", firstTokenMillis)
                        .put("gap_ms", gapMillis);
    }
}
