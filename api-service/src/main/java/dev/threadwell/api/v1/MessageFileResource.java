package dev.threadwell.api.v1;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.thread.ThreadChecks;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.persistence.file.V1Files;
import dev.threadwell.persistence.thread.MessageStore;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/threads/{thread_id}/messages/{message_id}/files}, which exists in v1 only. */
@Path("/v1/threads/{thread}/messages/{message}/files")
@Beta("assistants=v2")
@Cancellable(false)
public class MessageFileResource {

    private final MessageStore messages;
    private final ThreadChecks threads;
    private final V1Files given;

    @Inject
    MessageFileResource(MessageStore messages, ThreadChecks threads, V1Files given) {
        this.messages = messages;
        this.threads = threads;
        this.given = given;
    }

    /** A file of a message; it has the creation time of the message. */
    record MessageFile(String id, String object, long createdAt, String messageId) {

        static MessageFile of(V1File file, Message message) {
            return new MessageFile(
                    file.id(), Message.OBJECT + ".file", message.createdAt(), message.id());
        }
    }

    /** A page of the message's files. */
    @GET
    public Uni<Page<MessageFile>> list(
            @Context RoutingContext http, @RestPath String thread, @RestPath String message) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.THREAD.id(thread);
        ObjectKind.MESSAGE.id(message);
        ListQuery page = request.page(ObjectKind.FILE);
        return existing(request, thread, message)
                .chain(
                        found ->
                                given.of(request.project(), message)
                                        .map(
                                                files ->
                                                        FilePage.of(
                                                                files,
                                                                page,
                                                                file ->
                                                                        MessageFile.of(
                                                                                file, found))));
    }

    /** A file of the message. */
    @GET
    @Path("/{file}")
    public Uni<MessageFile> retrieve(
            @Context RoutingContext http,
            @RestPath String thread,
            @RestPath String message,
            @RestPath String file) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.THREAD.id(thread);
        ObjectKind.MESSAGE.id(message);
        ObjectKind.FILE.id(file);
        return existing(request, thread, message)
                .chain(
                        found ->
                                given.of(request.project(), message)
                                        .map(files -> FilePage.one(files, file))
                                        .map(one -> MessageFile.of(one, found)));
    }

    private Uni<Message> existing(ApiRequest request, String thread, String id) {
        return messages.find(request.project(), thread, id)
                .chain(found -> existing(request, found, thread, id));
    }

    private Uni<Message> existing(
            ApiRequest request, @Nullable Message found, String thread, String id) {
        return found == null
                ? threads.missing(request.project(), thread, ObjectKind.MESSAGE, id)
                : Uni.createFrom().item(found);
    }
}
