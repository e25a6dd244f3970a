package dev.threadwell.api.stream;

import dev.threadwell.api.entry.ResponseChain;
import dev.threadwell.api.http.StreamingBodyWriter;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes an {@link EventStream} as the response: the stream itself writes its events to it. */
@Provider
@Produces(MediaType.SERVER_SENT_EVENTS)
public class EventStreamWriter extends StreamingBodyWriter<EventStream> {

    private final ResponseChain responses;

    @Inject
    public EventStreamWriter(ResponseChain responses) {
        super(EventStream.class);
        this.responses = responses;
    }

    @Override
    protected void begin(EventStream stream) {
        stream.begin();
    }

    @Override
    public void writeResponse(EventStream stream, Type generic, ServerRequestContext context) {
        RoutingContext http =
                ((ResteasyReactiveRequestContext) context)
                        .serverRequest()
                        .unwrap(RoutingContext.class);
        responses.stream(http, stream.runId(), view -> stream.shownAs(view).begin());
    }
}
