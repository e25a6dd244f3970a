package dev.threadwell.api.auth;

import dev.threadwell.persistence.project.AdminKeyStore;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when keys were used last, to the minute: a request is noted in memory, and one statement
 * for many keys writes the minutes that are new. What a node has noted in its last seconds is lost
 * if it is killed.
 */
@ApplicationScoped
class KeyUse {

    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final long SECONDS_OF_A_MINUTE = 60;

    private final Vertx vertx;
    private final Notes projects;
    private final Notes admins;
    private @Nullable PeriodicJob job;

    @Inject
    KeyUse(Vertx vertx, ApiKeyStore projects, AdminKeyStore admins) {
        this.vertx = vertx;
        this.projects = new Notes(projects::used);
        this.admins = new Notes(admins::used);
    }

    void start(@Observes StartupEvent event) {
        job = PeriodicJob.start(vertx, "keep when keys were used", PAUSE, this::write);
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    void ofProject(String keyId, Instant now) {
        projects.note(keyId, now);
    }

    void ofAdministration(String keyId, Instant now) {
        admins.note(keyId, now);
    }

    /** Writes what was noted since the last time. */
    Uni<Boolean> write() {
        return projects.write().chain(admins::write).replaceWith(false);
    }

    /** The notes of one table: a key is noted once a minute. */
    private static final class Notes {

        private final Function<Map<String, Instant>, Uni<Void>> store;
        private final Set<String> ofThisMinute = ConcurrentHashMap.newKeySet();
        private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();
        private volatile long minute;

        Notes(Function<Map<String, Instant>, Uni<Void>> store) {
            this.store = store;
        }

        void note(String keyId, Instant now) {
            long current = now.getEpochSecond() / SECONDS_OF_A_MINUTE;
            if (current != minute) {
                minute = current;
                ofThisMinute.clear();
            }
            if (ofThisMinute.add(keyId)) {
                unwritten.put(keyId, now.truncatedTo(ChronoUnit.MINUTES));
            }
        }

        Uni<Void> write() {
            Map<String, Instant> uses = Map.copyOf(unwritten);
            return uses.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : store.apply(uses).invoke(() -> uses.forEach(unwritten::remove));
        }
    }
}
