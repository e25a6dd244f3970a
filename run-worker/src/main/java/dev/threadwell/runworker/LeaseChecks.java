package dev.threadwell.runworker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health checks of the lease, without which others take a worker's runs away. */
@ApplicationScoped
class LeaseChecks {

    private final Heartbeat heartbeat;

    @Inject
    LeaseChecks(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Down when no heartbeat is even tried any more. */
    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck trying() {
        return () -> check("Heartbeats are sent", heartbeat.isAtWork());
    }

    /** Down while the lease has run out. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck held() {
        return () -> check("The lease is held", heartbeat.holdsLease());
    }

    private static HealthCheckResponse check(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
