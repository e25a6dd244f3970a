package dev.threadwell.api.run;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.RequestTrace;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.stream.EventStream;
import dev.threadwell.api.stream.EventStreams;
import dev.threadwell.api.stream.RunLongPoll;
import dev.threadwell.api.stream.SseEvent;
import dev.threadwell.api.thread.ThreadChecks;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.run.CancelRun;
import dev.threadwell.persistence.run.ChangeRunMetadata;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.RunStore.Applied;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/threads/{thread_id}/runs}: creates, reads, changes, cancels and continues runs. */
@Path("/v1/threads/{thread}/runs")
@Beta("assistants=v2")
@Cancellable(false)
public class RunResource {

    private static final String POLL_HELPER = "X-Stainless-Poll-Helper";

    private final RunStore runs;
    private final RunCreation creation;
    private final RunLongPoll changes;
    private final EventStreams streams;
    private final ThreadChecks threads;

    @Inject
    RunResource(
            RunStore runs,
            RunCreation creation,
            RunLongPoll changes,
            EventStreams streams,
            ThreadChecks threads) {
        this.runs = runs;
        this.creation = creation;
        this.changes = changes;
        this.streams = streams;
        this.threads = threads;
    }

    /** Queues a run; with {@code stream} the answer is its events. */
    @POST
    @Creates(ObjectKind.RUN)
    public Uni<RunAnswer> create(@Context RoutingContext http, @RestPath String thread) {
        return creation.onThread(ApiRequest.of(http), ObjectKind.THREAD.id(thread))
                .invoke(answer -> RunPollInterval.tell(http, answer));
    }

    /** A page of the thread's runs. */
    @GET
    public Uni<Page<Run>> list(@Context RoutingContext http, @RestPath String thread) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(thread);
        ListQuery page = request.page(ObjectKind.RUN);
        return threads.holding(
                request.project(), thread, () -> runs.list(request.project(), thread, page));
    }

    /**
     * A run; for the poll helpers of the SDKs this is a long poll until it ends or requires action.
     */
    @GET
    @Path("/{id}")
    public Uni<Run> retrieve(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        RunKey key = key(http, thread, id);
        boolean waits = http.request().headers().contains(POLL_HELPER);
        return (waits ? changes.settled(key) : runs.find(key))
                .chain(found -> existing(key, found))
                .invoke(run -> RunPollInterval.tell(http, run, waits));
    }

    /** Replaces the metadata of a run that is not active. */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.RUN)
    public Uni<Run> modify(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        RunKey key = key(http, thread, id);
        Body body = ApiRequest.of(http).body(RunRequest.MODIFY);
        boolean given = body.gives("metadata");
        return runs.apply(key, new ChangeRunMetadata(given ? body.metadataOr(Map.of()) : null))
                .chain(applied -> accepted(key, applied))
                .map(applied -> applied.row().run());
    }

    /** Requests the cancellation of a run. */
    @POST
    @Path("/{id}/cancel")
    @Changes(ObjectKind.RUN)
    public Uni<Run> cancel(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        RunKey key = key(http, thread, id);
        return runs.apply(key, new CancelRun())
                .chain(applied -> accepted(key, applied))
                .map(applied -> applied.row().run())
                .invoke(run -> RunPollInterval.tell(http, run));
    }

    /** Submits the outputs of the client's functions; the run continues. */
    @POST
    @Path("/{id}/submit_tool_outputs")
    @Changes(ObjectKind.RUN)
    public Uni<RunAnswer> submitToolOutputs(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        RunKey key = key(http, thread, id);
        Body body = ApiRequest.of(http).body(ToolOutputs.RULE);
        ToolOutputs outputs = ToolOutputs.of(body);
        EventStream stream = body.flag("stream", false) ? streams.open(http, id) : null;
        Integer partition = stream == null ? null : Integer.valueOf(streams.partition());
        return runs.apply(key, new SubmitOutputs(outputs, partition, RequestTrace.context(http)))
                .chain(applied -> accepted(key, applied))
                .invoke(applied -> RequestTrace.about(http, applied.row().run()))
                .chain(applied -> goesOn(applied, stream))
                .invoke(answer -> RunPollInterval.tell(http, answer));
    }

    private Uni<RunAnswer> goesOn(Applied applied, @Nullable EventStream stream) {
        RunRow row = applied.row();
        if (stream == null) {
            return Uni.createFrom().item(new RunAnswer.Shown(row.run()));
        }
        List<SseEvent> frames = new ArrayList<>();
        applied.steps().stream()
                .filter(step -> !step.open())
                .map(StepWithUsage::step)
                .forEach(step -> frames.add(SseEvent.of(row, step)));
        frames.add(SseEvent.of(row.run()));
        return streams.goingOn(stream, row, frames).map(RunAnswer.Streamed::new);
    }

    private static RunKey key(RoutingContext http, String thread, String id) {
        return new RunKey(
                ApiRequest.of(http).project(), ObjectKind.THREAD.id(thread), ObjectKind.RUN.id(id));
    }

    private Uni<Run> existing(RunKey key, @Nullable Run found) {
        return found == null ? missing(key) : Uni.createFrom().item(found);
    }

    private Uni<Applied> accepted(RunKey key, @Nullable Applied applied) {
        if (applied == null) {
            return missing(key);
        }
        if (applied.decision() instanceof Decision.Refuse refused) {
            throw ApiError.badRequest(refused.message()).thrown();
        }
        return Uni.createFrom().item(applied);
    }

    private <T> Uni<T> missing(RunKey key) {
        return threads.missing(key.projectId(), key.threadId(), ObjectKind.RUN, key.runId());
    }
}
