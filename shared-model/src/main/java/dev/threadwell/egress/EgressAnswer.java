package dev.threadwell.egress;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a URL that a user gave has answered. */
public record EgressAnswer(int status, MultiMap headers, byte[] body) {

    /** Whether the server says that it did what it was asked. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The body as a text; what is no UTF-8 is replaced. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
