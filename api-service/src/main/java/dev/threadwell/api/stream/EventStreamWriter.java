package dev.threadwell.api.stream;

import dev.threadwell.api.http.Answers;
import dev.threadwell.api.http.Call;
import dev.threadwell.api.http.Repeats;
import dev.threadwell.api.http.TakingOver;
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
public class EventStreamWriter extends TakingOver<EventStream> {

    private final Repeats repeats;

    @Inject
    public EventStreamWriter(Repeats repeats) {
        super(EventStream.class);
        this.repeats = repeats;
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
        Call call = Call.of(http);
        call.wire()
                .events(call, stream.runId())
                .map(stream::shownAs)
                .subscribe()
                .with(shown -> repeats.stream(http, shown::begin), why -> Answers.fail(http, why));
    }
}
