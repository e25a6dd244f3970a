package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;

/** A function that the model may call; the schema is a missing node if it takes no arguments. */
public record OfferedFunction(String name, String description, JsonNode schema) {}
