package dev.threadwell.platform.egress;

import dev.threadwell.platform.egress.EgressException.Reason;
import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.AsyncResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The metrics of requests to URLs of users: how many, and why they were refused or failed. */
@Startup
@ApplicationScoped
public class EgressMetrics {

    private static final String ANSWERED = "answered";

    private final LabelledCounters requests;

    @Inject
    public EgressMetrics(MeterRegistry registry) {
        List<String> outcomes = new ArrayList<>(List.of(ANSWERED));
        for (Reason reason : Reason.values()) {
            outcomes.add(label(reason));
        }
        requests =
                LabelledCounters.register(
                        registry,
                        "threadwell.egress.requests",
                        "Requests to URLs that users have given.",
                        "outcome",
                        LabelValues.of(outcomes));
    }

    /** Metrics that nobody reads. */
    static EgressMetrics unread() {
        return new EgressMetrics(new SimpleMeterRegistry());
    }

    void ended(AsyncResult<EgressAnswer> result) {
        if (result.succeeded()) {
            requests.count(ANSWERED);
        } else if (result.cause() instanceof EgressException failure) {
            requests.count(label(failure.reason()));
        } else {
            requests.count(LabelValues.OTHER);
        }
    }

    private static String label(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
