package dev.threadwell.api.run;

import dev.threadwell.api.http.Call;
import dev.threadwell.api.http.Kind;
import dev.threadwell.api.thread.Threads;
import dev.threadwell.run.RunStep;
import dev.threadwell.store.ListQuery;
import dev.threadwell.store.RunKey;
import dev.threadwell.store.RunStore;
import dev.threadwell.store.StepStore;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threads/{thread_id}/runs/{run_id}/steps}. */
@Path("/v1/threads/{thread}/runs/{run}/steps")
@Cancellable(false)
public class StepResource {

    private final StepStore steps;
    private final RunStore runs;
    private final Threads threads;

    @Inject
    StepResource(StepStore steps, RunStore runs, Threads threads) {
        this.steps = steps;
        this.runs = runs;
        this.threads = threads;
    }

    /** A page of the run's steps. */
    @GET
    public Uni<Page<RunStep>> list(
            @Context RoutingContext http, @RestPath String thread, @RestPath String run) {
        RunKey key = key(http, thread, run);
        ListQuery page = Call.of(http).page(Kind.STEP);
        return existing(key).chain(found -> steps.list(key, page));
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
        return steps.find(key, Kind.STEP.id(id))
                .chain(found -> found == null ? missing(key, id) : Uni.createFrom().item(found));
    }

    private Uni<RunStep> missing(RunKey key, String id) {
        return existing(key)
                .map(
                        found -> {
                            throw Kind.STEP.notFound(id);
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
                                                Kind.RUN,
                                                key.runId())
                                        : Uni.createFrom().item(true));
    }

    private static RunKey key(RoutingContext http, String thread, String run) {
        return new RunKey(Call.of(http).project(), Kind.THREAD.id(thread), Kind.RUN.id(run));
    }
}
