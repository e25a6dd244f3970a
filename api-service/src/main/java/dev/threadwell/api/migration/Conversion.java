package dev.threadwell.api.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** The state of the conversion of one object of a dump, with the changes that it needed. */
final class Conversion {

    private final ObjectNode json;
    private final List<String> changes = new ArrayList<>();

    Conversion(JsonNode json) {
        this.json = (ObjectNode) json;
    }

    ObjectNode json() {
        return json;
    }

    List<String> changes() {
        return changes;
    }

    void changed(String what) {
        changes.add(what);
    }

    /** Validates the object like a request; unknown fields are ignored. */
    Body checked(ObjectRule rule) {
        return Body.known(json, rule);
    }

    /** Whether there is a value other than null. */
    boolean has(String name) {
        return json.hasNonNull(name);
    }

    /** Sets a default, because older objects lack some fields. */
    void orElse(String name, Object value) {
        if (!has(name)) {
            set(name, value);
        }
    }

    void set(String name, Object value) {
        json.set(name, Json.mapper().valueToTree(value));
    }

    <T> T as(Class<T> type) {
        return Json.read(json, type);
    }
}
