package dev.threadwell.api.entry;

import dev.threadwell.wire.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Produces;
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

/**
 * Writes every answer that is not a stream: indented JSON, always written by the public mapper, so
 * that a resource can return a stored object without showing its secrets.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class JsonWriter implements ServerMessageBodyWriter<Object> {

    private final ResponseChain responses;

    @Inject
    public JsonWriter(ResponseChain responses) {
        this.responses = responses;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return true;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public void writeResponse(Object value, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext answering = (ResteasyReactiveRequestContext) context;
        RoutingContext http = answering.serverRequest().unwrap(RoutingContext.class);
        int status = answering.getResponse().get().getStatus();
        responses.json(http, status, value, bytes -> write(http, context, bytes));
    }

    /** Writes the answer, unless the time limit has answered already. */
    private static void write(RoutingContext http, ServerRequestContext context, byte[] bytes) {
        if (!http.response().ended()) {
            context.serverResponse().end(bytes);
        }
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(Json.pretty(value));
    }
}
