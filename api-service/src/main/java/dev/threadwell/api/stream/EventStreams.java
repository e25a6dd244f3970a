package dev.threadwell.api.stream;

import dev.threadwell.api.http.EventLoop;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens streams of runs. */
@ApplicationScoped
public class EventStreams {

    private final RunListeners listeners;
    private final TopicTail tail;
    private final Duration grace;

    @Inject
    EventStreams(
            RunListeners listeners,
            TopicTail tail,
            @ConfigProperty(name = "threadwell.stream.grace", defaultValue = "5S") Duration grace) {
        this.listeners = listeners;
        this.tail = tail;
        this.grace = grace;
    }

    /** A stream that hears from now on, before the run so much as exists, and writes later. */
    public EventStream open(RoutingContext http, String runId) {
        return new EventStream(runId, listeners, http, EventLoop.current(), grace);
    }

    /** The partition that a worker is to write this node's events to. */
    public int partition() {
        return tail.partition();
    }
}
