package dev.threadwell.api.migration;

import dev.threadwell.api.http.Call;
import dev.threadwell.store.ImportStore;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threadwell/import}. */
@Path("/v1/threadwell/import")
@Cancellable(false)
public class ImportResource {

    private final ImportStore store;

    @Inject
    ImportResource(ImportStore store) {
        this.store = store;
    }

    /** Takes objects in with the ids that they have, as lists or one by one. */
    @POST
    public Uni<ImportSummary.Answer> create(@Context RoutingContext http) {
        Call call = Call.of(http);
        Import running = new Import(store, call.project());
        return call.pieces()
                .onItem()
                .transformToUniAndConcatenate(running::add)
                .collect()
                .last()
                .chain(running::end);
    }
}
