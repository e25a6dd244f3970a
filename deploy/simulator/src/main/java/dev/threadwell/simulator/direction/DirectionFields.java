package dev.threadwell.simulator.direction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads typed fields from a JSON object and rejects fields that were never read. */
final class DirectionFields {
    private final JsonNode node;
    private final String path;
    private final Set<String> taken = new LinkedHashSet<>();

    DirectionFields(JsonNode node, String path) {
        if (!node.isObject()) {
            throw refused("'" + path + "' must be an object.");
        }
        this.node = node;
        this.path = path;
    }

    @Nullable JsonNode any(String name) {
        taken.add(name);
        return node.get(name);
    }

    @Nullable String text(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("'" + path(name) + "' must be a string.");
        }
        return value.textValue();
    }

    boolean flag(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw refused("'" + path(name) + "' must be true or false.");
        }
        return value.booleanValue();
    }

    @Nullable Integer count(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw refused("'" + path(name) + "' must be a whole number, 0 or more.");
        }
        return value.intValue();
    }

    @Nullable Double decimal(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < 0) {
            throw refused("'" + path(name) + "' must be a number, 0 or more.");
        }
        return value.doubleValue();
    }

    long nanosOfMillis(String name) {
        Double millis = decimal(name);
        return millis == null ? 0 : Math.round(millis * 1_000_000);
    }

    /** Rejects unknown fields, so that a typo does not pass silently. */
    void nothingElse() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!taken.contains(name)) {
                throw refused(
                        "unknown field '"
                                + path(name)
                                + "'; known are "
                                + String.join(", ", taken)
                                + ".");
            }
        }
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static RefusedRequest refused(String message) {
        return new RefusedRequest(RequestError.badDirection(message));
    }
}
