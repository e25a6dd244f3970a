package dev.threadwell.egress;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a URL that a user gave is asked.
 *
 * @param headers sent to this URL's own host alone, and not to where it redirects
 * @param timeout from the look-up of the name to the last byte of the answer
 * @param maxBytes how large the answer's body may be
 * @param whole says that enough of the body is there, though the server goes on
 */
public record EgressRequest(
        String method,
        URI url,
        Map<String, String> headers,
        byte @Nullable [] body,
        Duration timeout,
        int maxBytes,
        Predicate<Buffer> whole) {

    /** Asks for what is at the URL. */
    public static EgressRequest get(URI url, Duration timeout, int maxBytes) {
        return new EgressRequest("GET", url, Map.of(), null, timeout, maxBytes, _ -> false);
    }

    /** Sends JSON to the URL. */
    public static EgressRequest post(
            URI url, Map<String, String> headers, byte[] json, Duration timeout, int maxBytes) {
        return new EgressRequest("POST", url, headers, json, timeout, maxBytes, _ -> false);
    }

    /** The same request, read until this says that enough of the answer is there. */
    public EgressRequest until(Predicate<Buffer> enough) {
        return new EgressRequest(method, url, headers, body, timeout, maxBytes, enough);
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The same request of another place; what was meant for the first host stays there. */
    EgressRequest redirected(URI other, Duration left) {
        boolean sameOrigin = origin(url).equals(origin(other));
        return new EgressRequest(
                method, other, sameOrigin ? headers : Map.of(), body, left, maxBytes, whole);
    }

    static String origin(URI url) {
        return (AddressRules.isSecure(url) ? "https://" : "http://")
                + AddressRules.name(url.getHost())
                + ":"
                + AddressRules.port(url);
    }
}
