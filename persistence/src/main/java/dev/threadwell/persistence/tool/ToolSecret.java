package dev.threadwell.persistence.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a user supplied for requests to their own endpoint.
 *
 * @param signing the key that signs the requests: {@code whsec_…}, as in Standard Webhooks
 * @param headers additional headers, e.g. {@code authorization}
 */
public record ToolSecret(@Nullable String signing, Map<String, String> headers) {

    /** No secrets. */
    public static final ToolSecret NONE = new ToolSecret(null, Map.of());

    /** Whether it contains no secrets. */
    public boolean nothing() {
        return signing == null && headers.isEmpty();
    }

    @Override
    public String toString() {
        return "ToolSecret";
    }
}
