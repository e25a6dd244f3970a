package dev.threadwell.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.project.Project;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the project of the API key in the {@code Authorization} header. */
@ApplicationScoped
public class ApiKeys {

    /** The project of the configured key. */
    public static final String DEFAULT_PROJECT = "proj_default";

    private static final String BEARER = "bearer";
    private static final int REMEMBERED = 10_000;
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    private final ApiKeyStore store;
    private final Optional<String> configured;
    private final Cache<String, Project> known =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterWrite(TRUSTED)
                    .executor(Runnable::run)
                    .build();

    @Inject
    ApiKeys(ApiKeyStore store, ApiKeyConfig config) {
        this.store = store;
        this.configured = config.key();
    }

    void atStart(@Observes StartupEvent event) {
        configured.ifPresent(
                key -> store.ensure(DEFAULT_PROJECT, key).await().atMost(Duration.ofSeconds(30)));
    }

    /**
     * The project of the key in the header, cached for at most {@link #TRUSTED}; fails with the
     * API's 401.
     */
    public Uni<Project> projectOf(@Nullable String authorization) {
        String scheme = authorization == null ? "" : authorization.split(" ", 2)[0];
        if (authorization == null || !scheme.equalsIgnoreCase(BEARER)) {
            return Uni.createFrom().failure(noKey());
        }
        String key = authorization.substring(BEARER.length()).strip();
        Project before = known.getIfPresent(key);
        return before != null
                ? Uni.createFrom().item(before)
                : store.projectOf(key).map(project -> remembered(key, project));
    }

    /**
     * Caches the project of a valid key. Unknown keys are not cached, and a revoked one only until
     * its entry expires.
     */
    private Project remembered(String key, @Nullable Project project) {
        if (project == null) {
            known.invalidate(key);
            throw wrongKey(key);
        }
        known.put(key, project);
        return project;
    }

    /** Removes a project that has changed from the cache; on other nodes its entries expire. */
    public void forget(String projectId) {
        known.asMap().values().removeIf(project -> project.id().equals(projectId));
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
