package dev.threadwell.api.idempotency;

import dev.threadwell.api.http.ApiRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Computes the digest by which two requests with one {@code Idempotency-Key} are compared. */
final class RequestFingerprint {

    private RequestFingerprint() {}

    /**
     * The digest of the method, the path with its query, and the body. A body that is streamed has
     * not been read yet, so only its length counts. The bytes of a form could not be compared
     * anyway, because clients choose a new boundary for each attempt.
     */
    static Buffer of(ApiRequest request) {
        HttpServerRequest http = request.http().request();
        MessageDigest digest = sha256();
        add(digest, http.method().name());
        add(digest, http.uri());
        if (ApiRequest.isStreamed(request.http())) {
            add(digest, String.valueOf(http.getHeader(HttpHeaders.CONTENT_LENGTH)));
        } else {
            digest.update(request.body().getBytes());
        }
        return Buffer.buffer(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
