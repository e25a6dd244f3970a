package dev.threadwell.api.run;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.thread.ThreadChecks;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.StepStore;
import dev.threadwell.run.RunStep;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threads/{thread_id}/runs/{run_id}/steps}: reads the steps of a run. */
@Path("/v1/threads/{thread}/runs/{run}/steps")
@Beta("assistants=v2")
@Cancellable(false)
public class StepResource {

    private final StepStore steps;
    private final RunStore runs;
    private final ThreadChecks threads;

    @Inject
    StepResource(StepStore steps, RunStore runs, ThreadChecks threads) {
        this.steps = steps;
        this.runs = runs;
        this.threads = threads;
    }

    /** A page of the run's steps. */
    @GET
    public Uni<Page<RunStep>> list(
            @Context RoutingContext http, @RestPath String thread, @RestPath String run) {
        RunKey key = key(http, thread, run);
        ApiRequest request = ApiRequest.of(http);
        ListQuery page = request.page(ObjectKind.STEP);
        UnaryOperator<RunStep> shown = shown(request);
        return existing(key).chain(found -> steps.list(key, page)).map(found -> found.map(shown));
    }

    /** A step. */
    @GET
    @Path("/{id}")
    public Uni<RunStep> retrieve(
            @Context RoutingContext http,
            @RestPath String thread,
            @RestPath String run,
            @RestPath String id) {
        RunKey key = key(http, thread, run);
        ObjectKind.STEP.id(id);
        UnaryOperator<RunStep> shown = shown(ApiRequest.of(http));
        return steps.find(key, id)
                .chain(found -> found == null ? missing(key, id) : Uni.createFrom().item(found))
                .map(shown);
    }

    private static UnaryOperator<RunStep> shown(ApiRequest request) {
        boolean contents = request.includesContents();
        return step -> step.shown(contents);
    }

    private Uni<RunStep> missing(RunKey key, String id) {
        return existing(key)
                .map(
                        found -> {
                            throw ObjectKind.STEP.notFound(id);
                        });
    }

    private Uni<Boolean> existing(RunKey key) {
        return runs.find(key)
                .chain(
                        found ->
                                found == null
                                        ? threads.<Boolean>missing(
                                                key.projectId(),
                                                key.threadId(),
                                                ObjectKind.RUN,
                                                key.runId())
                                        : Uni.createFrom().item(true));
    }

    private static RunKey key(RoutingContext http, String thread, String run) {
        return new RunKey(
                ApiRequest.of(http).project(),
                ObjectKind.THREAD.id(thread),
                ObjectKind.RUN.id(run));
    }
}
