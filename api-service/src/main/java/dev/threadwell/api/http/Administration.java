package dev.threadwell.api.http;

import dev.threadwell.project.AdminKey;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * The part of the API that only admin keys open: every path below {@code /v1/organization}, whether
 * or not a resource exists there.
 */
public final class Administration {

    private static final String PREFIX = "/v1/organization";
    private static final String KEY = "threadwell.admin-key";

    private Administration() {}

    /** Whether a path belongs to the administration. */
    public static boolean has(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    /** Attaches the key that a request was admitted with. */
    public static void admit(RoutingContext http, AdminKey key) {
        http.put(KEY, key);
    }

    /** The key that the request was admitted with. */
    public static AdminKey key(RoutingContext http) {
        return Objects.requireNonNull(http.get(KEY), "no admin key has admitted this request");
    }
}
