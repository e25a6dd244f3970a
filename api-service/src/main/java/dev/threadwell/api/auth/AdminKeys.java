package dev.threadwell.api.auth;

import dev.threadwell.persistence.project.AdminKeyStore;
import dev.threadwell.project.AdminKey;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the admin key in the {@code Authorization} header. */
@ApplicationScoped
public class AdminKeys {

    private final AdminKeyStore store;
    private final ApiKeys projects;
    private final Optional<String> configured;
    private final KeyUse use;
    private final InstantSource clock;
    private final KeyCache<AdminKey> keys;

    @Inject
    AdminKeys(
            AdminKeyStore store,
            ApiKeys projects,
            AdminKeyConfig config,
            KeyUse use,
            InstantSource clock) {
        this.store = store;
        this.projects = projects;
        this.configured = config.key();
        this.use = use;
        this.clock = clock;
        this.keys = new KeyCache<>(store::find);
    }

    void atStart(@Observes StartupEvent event) {
        configured.ifPresent(key -> store.ensure(key).await().atMost(Duration.ofSeconds(30)));
    }

    /**
     * The admin key in the header; fails with the API's 401, and with its 403 for a project's key.
     *
     * @param method the method of the request
     */
    public Uni<AdminKey> keyOf(@Nullable String authorization, String method) {
        String value = BearerToken.in(authorization);
        return value == null
                ? Uni.createFrom().failure(KeyErrors.noKey())
                : keys.find(value).chain(key -> admitted(value, key, method));
    }

    private Uni<AdminKey> admitted(String value, @Nullable AdminKey key, String method) {
        if (key == null || key.isExpired(clock.instant())) {
            return projects.isKnown(value)
                    .map(
                            known -> {
                                throw known
                                        ? KeyErrors.notAdministrative(
                                                NeededScope.ofAdministration(method))
                                        : KeyErrors.wrongKey(value);
                            });
        }
        use.ofAdministration(key.id(), clock.instant());
        return Uni.createFrom().item(key);
    }

    void forget() {
        keys.forget(_ -> true);
    }
}
