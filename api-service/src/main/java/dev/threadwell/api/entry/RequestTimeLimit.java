package dev.threadwell.api.entry;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.limits.RefusalMetrics;
import dev.threadwell.api.limits.RefusalMetrics.Limit;
import dev.threadwell.api.settings.HttpConfig;
import dev.threadwell.api.settings.PollConfig;
import dev.threadwell.wire.ApiError;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Answers a request that takes too long with 503, whatever it waits for. An answer that has begun,
 * for example a stream, is not limited.
 */
@ApplicationScoped
public class RequestTimeLimit {

    private static final Logger LOG = Logger.getLogger(RequestTimeLimit.class);
    private static final String TIMER = "threadwell.time-limit";
    private static final String POLL_HELPER = "X-Stainless-Poll-Helper";

    private final Duration limit;
    private final Duration poll;
    private final RefusalMetrics metrics;

    @Inject
    RequestTimeLimit(HttpConfig http, PollConfig polls, RefusalMetrics metrics) {
        this.metrics = metrics;
        this.limit = http.requestTimeout();
        this.poll = polls.waitAtMost();
    }

    /** Starts the timer, or restarts it. */
    void begin(RoutingContext http) {
        if (http.get(TIMER) == null) {
            http.addEndHandler(end -> suspend(http));
        }
        suspend(http);
        boolean waits = http.request().headers().contains(POLL_HELPER);
        Duration allowed = waits ? limit.plus(poll) : limit;
        http.put(TIMER, http.vertx().setTimer(allowed.toMillis(), over -> end(http)));
    }

    /** Stops the timer, because the node waits for the client now or the request has ended. */
    void suspend(RoutingContext http) {
        Long timer = http.get(TIMER);
        if (timer != null) {
            http.vertx().cancelTimer(timer);
        }
    }

    private void end(RoutingContext http) {
        HttpServerResponse response = http.response();
        if (!response.ended() && !response.headWritten() && !response.closed()) {
            metrics.refused(Limit.REQUEST_TIME);
            LOG.warnf("request takes too long requestId=%s", ResponseHeaders.requestId(http));
            ResponseHeaders.write(http, ApiError.overloaded());
        }
    }
}
