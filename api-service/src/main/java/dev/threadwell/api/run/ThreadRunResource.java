package dev.threadwell.api.run;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.validation.ObjectKind;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threads/runs}: creates a run with its thread. */
@Path("/v1/threads/runs")
@Beta("assistants=v2")
@Cancellable(false)
public class ThreadRunResource {

    private final RunCreation creation;

    @Inject
    ThreadRunResource(RunCreation creation) {
        this.creation = creation;
    }

    /** Creates a thread and queues a run on it. */
    @POST
    @Creates(value = ObjectKind.RUN, in = ObjectKind.THREAD)
    public Uni<RunAnswer> create(@Context RoutingContext http) {
        return creation.withThread(ApiRequest.of(http))
                .invoke(answer -> RunPollInterval.tell(http, answer));
    }
}
