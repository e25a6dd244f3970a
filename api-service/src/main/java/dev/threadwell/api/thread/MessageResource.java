package dev.threadwell.api.thread;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.message.MessageRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.thread.MessageStore;
import dev.threadwell.persistence.thread.MessageStore.Addition;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Deleted;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threads/{thread_id}/messages}: creates, reads, modifies and deletes messages. */
@Path("/v1/threads/{thread}/messages")
@Beta("assistants=v2")
@Cancellable(false)
public class MessageResource {

    private final MessageStore messages;
    private final ThreadChecks threads;
    private final ThreadFiles files;
    private final InstantSource clock;

    @Inject
    MessageResource(
            MessageStore messages, ThreadChecks threads, ThreadFiles files, InstantSource clock) {
        this.messages = messages;
        this.threads = threads;
        this.files = files;
        this.clock = clock;
    }

    /** Adds a message to the thread, unless the thread has an active run or is full. */
    @POST
    @Creates(ObjectKind.MESSAGE)
    public Uni<Message> create(@Context RoutingContext http, @RestPath String thread) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(thread);
        Body body = request.body(MessageRequest.CREATE);
        long now = clock.instant().getEpochSecond();
        Message message =
                MessageRequest.created(request.newId(ObjectKind.MESSAGE), body, thread, now);
        return files.give(request.project(), thread, List.of(message))
                .chain(() -> messages.add(request.project(), message))
                .map(addition -> added(addition, thread));
    }

    private static Message added(Addition addition, String thread) {
        return switch (addition) {
            case Addition.Added added -> added.message();
            case Addition.Busy busy -> throw ApiError.runHoldsThread(thread, busy.runId()).thrown();
            case Addition.NoThread _ -> throw ObjectKind.THREAD.notFound(thread);
            case Addition.Full _ ->
                    throw ApiError.threadIsFull(thread, MessageStore.MAX_MESSAGES).thrown();
        };
    }

    /** A page of the thread's messages, optionally only of those that a run has written. */
    @GET
    public Uni<Page<Message>> list(@Context RoutingContext http, @RestPath String thread) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(thread);
        ListQuery page = request.page(ObjectKind.MESSAGE);
        String run = request.query("run_id");
        if (run != null) {
            ObjectKind.RUN.id(run);
        }
        return threads.holding(
                request.project(),
                thread,
                () ->
                        run == null
                                ? messages.list(request.project(), thread, page)
                                : messages.listOfRun(request.project(), thread, run, page));
    }

    /** A message. */
    @GET
    @Path("/{id}")
    public Uni<Message> retrieve(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        return messages.find(
                        request.project(), ObjectKind.THREAD.id(thread), ObjectKind.MESSAGE.id(id))
                .chain(found -> existing(request, found, thread, id));
    }

    /**
     * Replaces the metadata of a message. The answer has a form that the original uses here only.
     */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.MESSAGE)
    public Uni<Map<String, Object>> modify(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(thread);
        ObjectKind.MESSAGE.id(id);
        Body body = request.body(MessageRequest.MODIFY);
        return messages.modify(
                        request.project(),
                        thread,
                        id,
                        m -> m.withMetadata(body.metadataOr(m.metadata())))
                .chain(found -> existing(request, found, thread, id))
                .map(ModifiedMessage::of);
    }

    /** Deletes a message. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(thread);
        return messages.delete(request.project(), thread, ObjectKind.MESSAGE.id(id))
                .chain(
                        deleted ->
                                deleted
                                        ? Uni.createFrom().item(Deleted.of(id, Message.OBJECT))
                                        : threads.missing(
                                                request.project(), thread, ObjectKind.MESSAGE, id));
    }

    private Uni<Message> existing(
            ApiRequest request,
            @org.jspecify.annotations.Nullable Message found,
            String thread,
            String id) {
        return found == null
                ? threads.missing(request.project(), thread, ObjectKind.MESSAGE, id)
                : Uni.createFrom().item(found);
    }
}
