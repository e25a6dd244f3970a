package dev.threadwell.platform.context;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Switches off Mutiny's context propagation for the whole JVM when a service starts.
 *
 * <p>Quarkus wraps each step of a pipeline to restore the thread's context from when the pipeline
 * was created: the CDI request scope, a transaction, a tracing span, the logging context. The
 * services use none of these in pipelines, and the wrapping took a fifth of their processor time
 * (ADR 0008). Traces do without it: the objects that execute something hold their span (ADR 0024).
 */
@ApplicationScoped
public class NoContextPropagation {

    void start(@Observes @Priority(1) StartupEvent event) {
        Infrastructure.clearInterceptors();
    }
}
