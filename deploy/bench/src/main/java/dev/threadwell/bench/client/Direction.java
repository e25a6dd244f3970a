package dev.threadwell.bench.client;

import io.vertx.core.json.JsonObject;

/** What the simulated model is asked to do: so many tokens, at this pace. */
public record Direction(int tokens, int firstTokenMillis, int gapMillis) {

    /** The user's message that asks for it. */
    public String text() {
        return "simulate "
                + new JsonObject()
                        .put("say", "It")
                        .put("tokens", tokens)
                        .put("first_token_ms", firstTokenMillis)
                        .put("gap_ms", gapMillis);
    }
}
