package dev.threadwell.api.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Base class of body writers that stream: the entity writes to the Vert.x response itself. */
public abstract class StreamingBodyWriter<T> implements ServerMessageBodyWriter<T> {

    private final Class<T> answers;

    protected StreamingBodyWriter(Class<T> answers) {
        this.answers = answers;
    }

    /** Makes the entity begin to write. */
    protected abstract void begin(T answer);

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return answers.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return answers.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(T answer, Type generic, ServerRequestContext context) {
        RoutingContext http =
                ((ResteasyReactiveRequestContext) context)
                        .serverRequest()
                        .unwrap(RoutingContext.class);
        // The time limit may have answered already.
        if (!http.response().ended()) {
            begin(answer);
        }
    }

    @Override
    public void writeTo(
            T answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        begin(answer);
    }
}
