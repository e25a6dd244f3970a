package dev.threadwell.api.migration;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Lets an {@link Export} take the answer over, page by page. */
@Provider
@Produces(Export.TYPE)
public class ExportWriter implements ServerMessageBodyWriter<Export> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return Export.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return Export.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(Export export, Type generic, ServerRequestContext context) {
        export.begin();
    }

    @Override
    public void writeTo(
            Export export,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        export.begin();
    }
}
