package dev.threadwell.api.file;

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

/** Lets a {@link FileDownload} take the answer over, piece by piece. */
@Provider
@Produces(MediaType.APPLICATION_OCTET_STREAM)
public class FileDownloadWriter implements ServerMessageBodyWriter<FileDownload> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return FileDownload.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return FileDownload.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(FileDownload file, Type generic, ServerRequestContext context) {
        file.begin();
    }

    @Override
    public void writeTo(
            FileDownload file,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        file.begin();
    }
}
