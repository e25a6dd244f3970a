package dev.threadwell.api.connection;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Json;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Renders an error as the bytes of a complete HTTP response, after which the connection is closed.
 */
final class ErrorResponse {

    private static final int OVERLOADED = 503;

    private ErrorResponse() {}

    static byte[] bytes(ApiError error) {
        byte[] body = Json.pretty(error.body());
        String head =
                "HTTP/1.1 "
                        + HttpResponseStatus.valueOf(error.status())
                        + "\r\nx-request-id: req_"
                        + UUID.randomUUID().toString().replace("-", "")
                        + "\r\nopenai-version: 2020-10-01\r\nx-content-type-options: nosniff"
                        + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length
                        + (error.status() == OVERLOADED ? "\r\nretry-after: 2" : "")
                        + "\r\nconnection: close\r\n\r\n";
        byte[] bytes = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
        System.arraycopy(body, 0, bytes, head.length(), body.length);
        return bytes;
    }
}
