package dev.threadwell.api.auth;

import dev.threadwell.persistence.project.AdminKeyStore;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.project.ApiKey;
import dev.threadwell.project.Project;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the project of the API key in the {@code Authorization} header. */
@ApplicationScoped
public class ApiKeys {

    /** The project of the configured key. */
    public static final String DEFAULT_PROJECT = "proj_default";

    private final ApiKeyStore store;
    private final AdminKeyStore admins;
    private final Optional<String> configured;
    private final KeyUse use;
    private final InstantSource clock;
    private final KeyCache<ApiKey> keys;

    @Inject
    ApiKeys(
            ApiKeyStore store,
            AdminKeyStore admins,
            ApiKeyConfig config,
            KeyUse use,
            InstantSource clock) {
        this.store = store;
        this.admins = admins;
        this.configured = config.key();
        this.use = use;
        this.clock = clock;
        this.keys = new KeyCache<>(store::find);
    }

    void atStart(@Observes StartupEvent event) {
        configured.ifPresent(
                key -> store.ensure(DEFAULT_PROJECT, key).await().atMost(Duration.ofSeconds(30)));
    }

    /**
     * The project of the key in the header; fails with the API's 401.
     *
     * @param scope the scope that the key needs
     */
    public Uni<Project> projectOf(@Nullable String authorization, String scope) {
        String value = BearerToken.in(authorization);
        return value == null
                ? Uni.createFrom().failure(KeyErrors.noKey())
                : keys.find(value).chain(key -> admitted(value, key, scope));
    }

    private Uni<Project> admitted(String value, @Nullable ApiKey key, String scope) {
        if (key == null || key.isExpired(clock.instant())) {
            return refused(value, scope);
        }
        if (key.archived()) {
            throw KeyErrors.archived(key.project().id());
        }
        if (!key.scopes().allow(scope)) {
            throw KeyErrors.missingScope(scope);
        }
        use.ofProject(key.id(), clock.instant());
        return Uni.createFrom().item(key.project());
    }

    /** A key of the administration is no wrong key, but it opens no project. */
    private Uni<Project> refused(String value, String scope) {
        return admins.find(value)
                .map(
                        admin -> {
                            throw admin == null
                                    ? KeyErrors.wrongKey(value)
                                    : KeyErrors.missingScope(scope);
                        });
    }

    /** Whether this is the value of a key of a project. */
    Uni<Boolean> isKnown(String value) {
        return keys.find(value)
                .map(key -> key != null && !key.archived() && !key.isExpired(clock.instant()));
    }

    /** Forgets the keys of a project that has changed; on other nodes its entries expire. */
    public void forget(String projectId) {
        keys.forget(key -> key.project().id().equals(projectId));
    }
}
