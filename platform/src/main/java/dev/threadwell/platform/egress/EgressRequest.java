package dev.threadwell.platform.egress;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request to a user's URL.
 *
 * @param headers sent to the URL's own origin only, and not to redirect targets elsewhere
 * @param timeout the limit from the name's resolution to the last byte of the response
 * @param maxBytes the maximum size of the response body
 * @param whole a test for when the body is complete enough, although the server continues
 * @param redirects whether redirects are followed; if not, the redirect itself is the answer
 */
public record EgressRequest(
        String method,
        URI url,
        Map<String, String> headers,
        byte @Nullable [] body,
        Duration timeout,
        int maxBytes,
        Predicate<Buffer> whole,
        boolean redirects) {

    /** A request that follows redirects. */
    public EgressRequest(
            String method,
            URI url,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration timeout,
            int maxBytes,
            Predicate<Buffer> whole) {
        this(method, url, headers, body, timeout, maxBytes, whole, true);
    }

    /** A GET request. */
    public static EgressRequest get(URI url, Duration timeout, int maxBytes) {
        return new EgressRequest("GET", url, Map.of(), null, timeout, maxBytes, _ -> false);
    }

    /** A POST request with a JSON body. */
    public static EgressRequest post(
            URI url, Map<String, String> headers, byte[] json, Duration timeout, int maxBytes) {
        return new EgressRequest("POST", url, headers, json, timeout, maxBytes, _ -> false);
    }

    /** The same request, whose response is read only until this test succeeds. */
    public EgressRequest until(Predicate<Buffer> enough) {
        return new EgressRequest(method, url, headers, body, timeout, maxBytes, enough, redirects);
    }

    /** The same request, which is answered with a redirect instead of following it. */
    public EgressRequest withoutRedirects() {
        return new EgressRequest(method, url, headers, body, timeout, maxBytes, whole, false);
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The same request to another URL; headers are dropped if the origin differs. */
    EgressRequest redirected(URI other, Duration left) {
        boolean sameOrigin = origin(url).equals(origin(other));
        return new EgressRequest(
                method,
                other,
                sameOrigin ? headers : Map.of(),
                body,
                left,
                maxBytes,
                whole,
                redirects);
    }

    static String origin(URI url) {
        return (AddressRules.isSecure(url) ? "https://" : "http://")
                + AddressRules.name(url.getHost())
                + ":"
                + AddressRules.port(url);
    }
}
