package dev.threadwell.platform.mcp;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port for looking up the secret headers that a user supplied for a server. */
public interface SecretHeaders {

    /**
     * The headers of this secret of the project, e.g. {@code authorization}.
     *
     * @param secretId null if the user supplied none; the result is empty then
     */
    Uni<Map<String, String>> headers(String projectId, @Nullable String secretId);
}
