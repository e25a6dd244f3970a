package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.vectorstore.FileChecks;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.persistence.file.V1Files;
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
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/assistants/{assistant_id}/files}, which exists in v1 only. */
@Path("/v1/assistants/{id}/files")
@Beta("assistants=v2")
@Cancellable(false)
public class AssistantFileResource {

    private final AssistantStore assistants;
    private final AssistantFiles files;
    private final V1Files given;
    private final FileChecks known;
    private final InstantSource clock;

    @Inject
    AssistantFileResource(
            AssistantStore assistants,
            AssistantFiles files,
            V1Files given,
            FileChecks known,
            InstantSource clock) {
        this.assistants = assistants;
        this.files = files;
        this.given = given;
        this.known = known;
        this.clock = clock;
    }

    /** A file of an assistant. */
    record AssistantFile(String id, String object, long createdAt, String assistantId) {

        static final String OBJECT = "assistant.file";

        static AssistantFile of(V1File file, String assistantId) {
            return new AssistantFile(file.id(), OBJECT, file.createdAt(), assistantId);
        }
    }

    /**
     * Adds a file to the assistant. The resources of its tools change before its list of v1 files:
     * if the request fails in between, a retry does the rest.
     */
    @POST
    @SafeToRepeat("an assistant has a file once, however often it is given it")
    public Uni<AssistantFile> create(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.ASSISTANT.id(id);
        String file = request.body(V1Rules.ASSISTANT_FILE).required("file_id");
        return existing(request, id)
                .call(assistant -> mustFit(request, assistant, file))
                .call(
                        assistant ->
                                files.change(
                                        request.project(), assistant, List.of(), List.of(file)))
                .chain(() -> given.change(request.project(), id, before -> with(before, file)))
                .map(after -> found(after, file, id));
    }

    private Uni<Assistant> existing(ApiRequest request, String id) {
        return assistants
                .find(request.project(), id)
                .map(found -> ObjectKind.ASSISTANT.existing(found, id));
    }

    private Uni<Void> mustFit(ApiRequest request, Assistant assistant, String file) {
        boolean searched = AssistantFiles.tools(assistant).contains(Upgrade.FILE_SEARCH);
        return given.of(request.project(), assistant.id())
                .invoke(before -> with(before, file))
                .chain(
                        () ->
                                searched
                                        ? known.searchable(request.project(), List.of(file))
                                        : known.exist(request.project(), List.of(file)));
    }

    /** The files with this one added; unchanged if they contain it already. */
    private List<V1File> with(List<V1File> before, String file) {
        if (before.stream().anyMatch(held -> held.id().equals(file))) {
            return before;
        }
        V1File added = new V1File(file, clock.instant().getEpochSecond());
        List<V1File> after = Stream.concat(before.stream(), Stream.of(added)).toList();
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        after.forEach(held -> ids.add(held.id()));
        V1Rules.FILE_IDS.check(Rule.Pass.INVALID, "file_ids", ids);
        return after;
    }

    /** A page of the assistant's files. */
    @GET
    public Uni<Page<AssistantFile>> list(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.ASSISTANT.id(id);
        var page = request.page(ObjectKind.FILE);
        return existing(request, id)
                .chain(() -> given.of(request.project(), id))
                .map(files -> FilePage.of(files, page, file -> AssistantFile.of(file, id)));
    }

    /** A file of the assistant. */
    @GET
    @Path("/{file}")
    public Uni<AssistantFile> retrieve(
            @Context RoutingContext http, @RestPath String id, @RestPath String file) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.ASSISTANT.id(id);
        ObjectKind.FILE.id(file);
        return existing(request, id)
                .chain(() -> given.of(request.project(), id))
                .map(files -> found(files, file, id));
    }

    private static AssistantFile found(List<V1File> files, String file, String assistantId) {
        return AssistantFile.of(FilePage.one(files, file), assistantId);
    }

    /** Removes a file from the assistant; the file itself is not deleted. */
    @DELETE
    @Path("/{file}")
    public Uni<Deleted> delete(
            @Context RoutingContext http, @RestPath String id, @RestPath String file) {
        ApiRequest request = VersionOne.only(ApiRequest.of(http));
        ObjectKind.ASSISTANT.id(id);
        ObjectKind.FILE.id(file);
        return existing(request, id)
                .call(
                        () ->
                                given.of(request.project(), id)
                                        .invoke(held -> FilePage.one(held, file)))
                .call(
                        assistant ->
                                files.change(
                                        request.project(), assistant, List.of(file), List.of()))
                .chain(() -> given.change(request.project(), id, before -> without(before, file)))
                .replaceWith(Deleted.of(file, AssistantFile.OBJECT));
    }

    private static List<V1File> without(List<V1File> before, String file) {
        return before.stream().filter(held -> !held.id().equals(file)).toList();
    }
}
