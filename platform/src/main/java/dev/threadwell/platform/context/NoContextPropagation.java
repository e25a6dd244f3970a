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
 * (ADR 0008). Code that needs such a context in a pipeline, e.g. for tracing, has to carry it in
 * the pipeline itself ({@code withContext}) or on the Vert.x context; otherwise this class has to
 * be removed.
 */
@ApplicationScoped
public class NoContextPropagation {

    void start(@Observes @Priority(1) StartupEvent event) {
        Infrastructure.clearInterceptors();
    }
}
