package dev.threadwell.api.migration;

import dev.threadwell.api.entry.BodyReader;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.routes.StreamsBody;
import dev.threadwell.persistence.migration.ImportStore;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threadwell/import}: imports objects with their ids. */
@Path("/v1/threadwell/import")
@Cancellable(false)
public class ImportResource {

    /** The memory of one import: an object of maximum size while it is parsed, and a batch. */
    private static final long MEMORY = 48L * 1024 * 1024;

    private final ImportStore store;
    private final BodyReader bodies;

    @Inject
    ImportResource(ImportStore store, BodyReader bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    /** Imports objects with their ids, individual or in lists. */
    @POST
    @SafeToRepeat("an object that is there already is not imported again")
    @StreamsBody
    public Uni<ImportSummary.Answer> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        bodies.hold(http, MEMORY);
        ImportJob running = new ImportJob(store, request.project());
        return request.pieces()
                .onItem()
                .transformToUniAndConcatenate(running::add)
                .collect()
                .last()
                .chain(running::end);
    }
}
