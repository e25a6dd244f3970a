package dev.threadwell.persistence.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user gave for requests to an endpoint of theirs.
 *
 * @param signing what signs the requests: {@code whsec_…}, as Standard Webhooks has it
 * @param headers that go along, e.g. {@code authorization}
 */
public record ToolSecret(@Nullable String signing, Map<String, String> headers) {

    /** Nothing was given. */
    public static final ToolSecret NONE = new ToolSecret(null, Map.of());

    /** Whether there is nothing to keep. */
    public boolean nothing() {
        return signing == null && headers.isEmpty();
    }

    @Override
    public String toString() {
        return "ToolSecret";
    }
}
