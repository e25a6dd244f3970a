package dev.threadwell.api.migration;

import dev.threadwell.api.http.StreamingBodyWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ext.Provider;

/** Writes an {@link ExportStream} as the body of an answer. */
@Provider
@Produces(ExportStream.TYPE)
public class ExportWriter extends StreamingBodyWriter<ExportStream> {

    public ExportWriter() {
        super(ExportStream.class);
    }

    @Override
    protected void begin(ExportStream export) {
        export.begin();
    }
}
