package dev.threadwell.api.connection;

import dev.threadwell.wire.ApiError;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates the head of a request. Rejects what two HTTP parsers could interpret differently, which
 * prevents request smuggling.
 */
final class RequestCheck {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:\\[\\]-]*");
    private static final String OF_TOKENS = "!#$%&'*+-.^_`|~";
    private static final char DELETE = 0x7f;

    private RequestCheck() {}

    /** Returns the error to answer the request with; null if it is valid. */
    static @Nullable ApiError of(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecoded(request.decoderResult().cause());
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return refused(505, "The HTTP version of your request is not supported. Use 1.1.");
        }
        if (request.method().equals(HttpMethod.CONNECT) || !isPrintable(request.uri())) {
            return invalid("its target is not valid");
        }
        String problem = problem(request.headers(), request.protocolVersion());
        return problem == null ? null : invalid(problem);
    }

    /** The error for a body that cannot be decoded. */
    static ApiError invalidBody() {
        return invalid("its body is not encoded as its headers say");
    }

    /** The error for a request that does not arrive completely in time. */
    static ApiError tooSlow() {
        return refused(408, "Your request did not arrive in time.");
    }

    private static ApiError undecoded(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return refused(
                    414,
                    "The URL of your request is too long. The maximum is %d bytes."
                            .formatted(ConnectionLimits.MAX_LINE));
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return refused(
                    431,
                    "The headers of your request are too large. The maximum is %d bytes."
                            .formatted(ConnectionLimits.MAX_HEADERS));
        }
        return invalid("its head cannot be read");
    }

    private static boolean isPrintable(String target) {
        return target.chars().noneMatch(c -> c <= ' ' || c == DELETE);
    }

    private static @Nullable String problem(HttpHeaders headers, HttpVersion version) {
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return "it has both a Content-Length and a Transfer-Encoding";
            }
            if (encodings.size() > 1
                    || !encodings.getFirst().strip().equalsIgnoreCase("chunked")
                    || version.equals(HttpVersion.HTTP_1_0)) {
                return "its Transfer-Encoding is not 'chunked' alone";
            }
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1))) {
            return "it does not have one Host header";
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
            return "its Host header is not valid";
        }
        return areClean(headers) ? null : "one of its headers has characters that are not allowed";
    }

    private static boolean areClean(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!isToken(header.getKey()) || !isText(header.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && OF_TOKENS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isText(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == DELETE) {
                return false;
            }
        }
        return true;
    }

    private static ApiError invalid(String why) {
        return refused(400, "Your request is not valid HTTP: " + why + ".");
    }

    private static ApiError refused(int status, String message) {
        return new ApiError(status, message, "invalid_request_error", null, null);
    }
}
