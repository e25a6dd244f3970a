package dev.threadwell.store;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Keeps the steps of pipelines as they are written. Quarkus wraps each of them, to carry along what
 * a thread holds for a request or a transaction; here nothing is held there, and the wrapping was a
 * fifth of a service's processor time.
 */
@ApplicationScoped
class PlainPipelines {

    void start(@Observes @Priority(1) StartupEvent event) {
        Infrastructure.clearInterceptors();
    }
}
