package dev.threadwell.platform.context;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Switches off Mutiny's context propagation for the whole JVM when a service starts.
 *
 * <p>Quarkus wraps each step of a pipeline, to restore what the thread held when the pipeline was
 * made: the CDI request scope, a transaction, a tracing span, the logging context. The services
 * hold nothing there, and the wrapping was a fifth of their processor time (ADR 0008). Whoever
 * needs one of these in a pipeline, tracing above all, has to carry it in the pipeline itself
 * ({@code withContext}), on the Vert.x context, or to remove this class.
 */
@ApplicationScoped
public class NoContextPropagation {

    void start(@Observes @Priority(1) StartupEvent event) {
        Infrastructure.clearInterceptors();
    }
}
