package dev.threadwell.api.migration;

import dev.threadwell.api.http.TakingOver;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ext.Provider;

/** Writes an {@link Export} as the body of an answer. */
@Provider
@Produces(Export.TYPE)
public class ExportWriter extends TakingOver<Export> {

    public ExportWriter() {
        super(Export.class);
    }

    @Override
    protected void begin(Export export) {
        export.begin();
    }
}
