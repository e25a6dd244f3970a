package dev.threadwell.api.auth;

import dev.threadwell.project.Project;
import dev.threadwell.store.ApiKeyStore;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the project of the API key in the {@code Authorization} header. */
@ApplicationScoped
public class ApiKeys {

    /** The project of the key that the configuration names. */
    public static final String DEFAULT_PROJECT = "proj_default";

    private static final String BEARER = "bearer";
    private static final int REMEMBERED = 10_000;
    private static final long TRUSTED_NANOS = Duration.ofSeconds(10).toNanos();

    private final ApiKeyStore store;
    private final Optional<String> configured;
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

    @Inject
    ApiKeys(ApiKeyStore store, ApiKeyConfig config) {
        this.store = store;
        this.configured = config.key();
    }

    private record Known(Project project, long since) {

        boolean fresh() {
            return System.nanoTime() - since < TRUSTED_NANOS;
        }
    }

    void atStart(@Observes StartupEvent event) {
        configured.ifPresent(
                key -> store.ensure(DEFAULT_PROJECT, key).await().atMost(Duration.ofSeconds(30)));
    }

    /**
     * The project that the header's key opens, as it was at most {@link #TRUSTED_NANOS} ago; fails
     * with the API's 401.
     */
    public Uni<Project> projectOf(@Nullable String authorization) {
        String scheme = authorization == null ? "" : authorization.split(" ", 2)[0];
        if (authorization == null || !scheme.equalsIgnoreCase(BEARER)) {
            return Uni.createFrom().failure(noKey());
        }
        String key = authorization.substring(BEARER.length()).strip();
        Known before = known.get(key);
        return before != null && before.fresh()
                ? Uni.createFrom().item(before.project())
                : store.projectOf(key).map(project -> remembered(key, project));
    }

    /** Only keys that open something are remembered, and a revoked one not for long. */
    private Project remembered(String key, @Nullable Project project) {
        if (project == null) {
            known.remove(key);
            throw wrongKey(key);
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(key, new Known(project, System.nanoTime()));
        return project;
    }

    /** What is known of this project is not true any more; other nodes notice when it is old. */
    public void forget(String projectId) {
        known.values().removeIf(k -> k.project().id().equals(projectId));
    }

    private static ApiException noKey() {
        return ApiError.unauthorized(
                        "You didn't provide an API key. You need to provide your API key in an"
                                + " Authorization header using Bearer auth (i.e. Authorization:"
                                + " Bearer YOUR_KEY), or as the password field (with blank"
                                + " username) if you're accessing the API from your browser and"
                                + " are prompted for a username and password. You can obtain an"
                                + " API key from https://platform.openai.com/account/api-keys.",
                        null)
                .thrown();
    }

    private static ApiException wrongKey(String key) {
        String shown = key.isEmpty() ? "''" : masked(key);
        return ApiError.unauthorized(
                        ("Incorrect API key provided: %s. You can find your API key at"
                                        + " https://platform.openai.com/account/api-keys.")
                                .formatted(shown),
                        "invalid_api_key")
                .thrown();
    }

    private static String masked(String key) {
        return key.length() < 8
                ? "***"
                : key.substring(0, 5) + "***" + key.substring(key.length() - 2);
    }
}
