package dev.threadwell.api.entry;

import dev.threadwell.api.settings.HttpConfig;
import dev.threadwell.platform.shutdown.InFlight;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Shuts the node down gracefully: requests in flight, streams included, get some seconds to finish
 * before anything is closed, because a client whose request is cut off cannot know whether it was
 * carried out.
 */
@ApplicationScoped
public class GracefulShutdown {

    /** The priority of observers that have to run before the node waits for its requests. */
    public static final int BEGIN = 100;

    /**
     * How long nothing may have come before the server closes: a connection that is in use has
     * carried a request by then, whose answer told the client to use another one, and the SDKs use
     * none again that was idle for so long (5 s in Python, 4 s in Node).
     */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final String OF_OPERATORS = "/q/";
    private static final int WAIT = 200;
    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
    private static final String COUNTED = "threadwell.counted";

    private final InFlight requests = new InFlight();
    private final Duration patience;

    @Inject
    GracefulShutdown(HttpConfig config) {
        this.patience = config.drain();
    }

    /**
     * Counts a request as in flight until it is answered or its client has disconnected. From the
     * beginning of the shutdown on, every answer closes its connection: a client that goes on using
     * one would send its next request into the closing of the server. Probes of health and scrapes
     * of metrics do not count: they go on until the end, and nothing is lost with them.
     */
    void count(RoutingContext http) {
        if (http.get(COUNTED) != null || isOfOperators(http.request())) {
            return;
        }
        http.put(COUNTED, true);
        http.addEndHandler(over -> requests.end());
        requests.begin();
        // Asked when the answer begins: the shutdown may have begun while it was made.
        http.addHeadersEndHandler(
                answer -> {
                    if (requests.isDraining()) {
                        http.response().putHeader(HttpHeaders.CONNECTION, "close");
                    }
                });
    }

    /** By the path as it was sent, because one with a wrong encoding cannot be normalized. */
    private static boolean isOfOperators(HttpServerRequest request) {
        String path = request.path();
        return path != null && path.startsWith(OF_OPERATORS);
    }

    /**
     * Waits for the requests in flight. This event comes first, while the server still accepts
     * requests; {@code ShutdownEvent} follows it.
     */
    void stop(@Observes @Priority(WAIT) ShutdownDelayInitiatedEvent event)
            throws InterruptedException {
        LOG.infof("node stops underWay=%d", requests.drain(patience, QUIET));
    }
}
