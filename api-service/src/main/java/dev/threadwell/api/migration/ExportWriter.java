package dev.threadwell.api.migration;

import dev.threadwell.api.http.TakingOver;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ext.Provider;

/** Body writer that streams an {@link Export}. */
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
