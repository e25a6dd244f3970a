package dev.threadwell.toolworker.provider;

import dev.threadwell.wire.Json;
import java.time.Duration;
import java.util.Map;

/**
 * A POST request to a provider.
 *
 * @param path below the provider's base URL, e.g. {@code /chat/completions}
 * @param timeout the limit of one attempt, from the connection to the last byte of the response
 * @param maxBytes the maximum size of the response
 */
public record ProviderRequest(
        String path, String contentType, byte[] body, Duration timeout, int maxBytes) {

    /** A request with a JSON body. */
    public static ProviderRequest json(
            String path, Map<String, ?> body, Duration timeout, int maxBytes) {
        return new ProviderRequest(path, "application/json", Json.bytes(body), timeout, maxBytes);
    }

    /** A request with a form as its body, which can have files. */
    public static ProviderRequest multipart(
            String path, MultipartForm form, Duration timeout, int maxBytes) {
        return new ProviderRequest(path, form.contentType(), form.bytes(), timeout, maxBytes);
    }
}
