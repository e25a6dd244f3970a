package dev.threadwell.toolworker.codeinterpreter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** The metrics of this worker's sessions of code. */
@Startup
@ApplicationScoped
class SessionMetrics {

    private static final String SESSIONS = "threadwell.code.sessions";

    @Inject
    SessionMetrics(MeterRegistry registry, Sessions sessions, CodeConfig config) {
        state(registry, sessions, "busy", counts -> counts.busy());
        state(registry, sessions, "idle", counts -> counts.idle());
        state(registry, sessions, "warm", counts -> counts.warm());
        Gauge.builder("threadwell.code.calls.waiting", () -> (double) sessions.counts().waiting())
                .description("Calls that wait until a session is free.")
                .register(registry);
        Gauge.builder("threadwell.code.session.places", config::sessions)
                .description("Sessions that this worker has at most.")
                .register(registry);
    }

    private static void state(
            MeterRegistry registry,
            Sessions sessions,
            String state,
            ToDoubleFunction<Sessions.Counts> part) {
        Gauge.builder(SESSIONS, () -> part.applyAsDouble(sessions.counts()))
                .description("Sessions of code, by state.")
                .tag("state", state)
                .register(registry);
    }
}
