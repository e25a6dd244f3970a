package dev.threadwell.api.migration;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.settings.ThreadConfig;
import dev.threadwell.persistence.migration.ExportStore;
import dev.threadwell.wire.ApiError;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/** {@code /v1/threadwell/export}: exports the objects of a project. */
@Path("/v1/threadwell/export")
public class ExportResource {

    private static final String LISTED = "threadwell.threads.list";

    private final ExportStore store;
    private final boolean listed;

    @Inject
    ExportResource(ExportStore store, ThreadConfig config) {
        this.store = store;
        this.listed = config.list();
    }

    /**
     * Exports all objects of the project, one per line. Only available where the installation lists
     * threads, because any API key can then read the conversations of all users.
     */
    @GET
    @Produces(ExportStream.TYPE)
    public ExportStream export(@Context RoutingContext http) {
        if (!listed) {
            throw ApiError.unauthorized(
                            "Your request to GET /v1/threadwell/export needs an installation that"
                                    + " lists threads ("
                                    + LISTED
                                    + "=true).",
                            "missing_scope")
                    .thrown();
        }
        return new ExportStream(http, store.everything(ApiRequest.of(http).project()));
    }
}
