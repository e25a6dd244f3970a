package dev.threadwell.api.run;

import dev.threadwell.api.entry.JsonWriter;
import dev.threadwell.api.stream.EventStream;
import dev.threadwell.api.stream.EventStreamWriter;
import dev.threadwell.run.Run;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes a {@link RunAnswer} as JSON or as an event stream. */
@Provider
public class RunAnswerWriter implements ServerMessageBodyWriter<RunAnswer> {

    private final JsonWriter json;
    private final EventStreamWriter streams;

    @Inject
    RunAnswerWriter(JsonWriter json, EventStreamWriter streams) {
        this.json = json;
        this.streams = streams;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return RunAnswer.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return RunAnswer.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(RunAnswer answer, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext answering = (ResteasyReactiveRequestContext) context;
        switch (answer) {
            case RunAnswer.Shown(Run run) -> {
                answering.setResponseContentType(MediaType.APPLICATION_JSON_TYPE);
                json.writeResponse(run, Run.class, context);
            }
            case RunAnswer.Streamed(EventStream events) -> {
                answering.setResponseContentType(MediaType.SERVER_SENT_EVENTS_TYPE);
                streams.writeResponse(events, EventStream.class, context);
            }
        }
    }

    @Override
    public void writeTo(
            RunAnswer answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        throw new IOException("answers are written without blocking");
    }
}
