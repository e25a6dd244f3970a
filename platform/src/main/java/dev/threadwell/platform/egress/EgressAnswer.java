package dev.threadwell.platform.egress;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The response of a user's URL. */
public record EgressAnswer(int status, MultiMap headers, byte[] body) {

    /** Whether the status is 2xx. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The body as text; invalid UTF-8 is replaced. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
