package dev.threadwell.platform.mcp;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks up the secret headers that a user gave for requests to a server of theirs. */
public interface SecretHeaders {

    /**
     * The headers that this secret of the project holds, e.g. {@code authorization}.
     *
     * @param secretId null if none were given: then there are no headers
     */
    Uni<Map<String, String>> headers(String projectId, @Nullable String secretId);
}
