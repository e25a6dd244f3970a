package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.v1.AssistantFiles.Change;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.vectorstore.FileChecks;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.persistence.file.V1Files;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates v1 requests that create and modify assistants. */
@ApplicationScoped
class AssistantRequests {

    private final AssistantStore assistants;
    private final AssistantFiles files;
    private final V1Files given;
    private final FileChecks known;
    private final V1ModelRules models;
    private final InstantSource clock;

    @Inject
    AssistantRequests(
            AssistantStore assistants,
            AssistantFiles files,
            V1Files given,
            FileChecks known,
            V1ModelRules models,
            InstantSource clock) {
        this.assistants = assistants;
        this.files = files;
        this.given = given;
        this.known = known;
        this.models = models;
        this.clock = clock;
    }

    /** The body of a new assistant; its files are stored under its future id. */
    Uni<Buffer> create(ApiRequest request) {
        ObjectNode body = Upgrade.read(request.body().getBytes(), V1Rules.NEW_ASSISTANT);
        List<String> ids = Upgrade.files(body);
        Upgrade.newAssistant(body);
        boolean retrieves = Upgrade.tools(body).contains(Upgrade.FILE_SEARCH);
        models.check(body.path("model").asText(), retrieves);
        Buffer upgraded = bytes(body);
        return ids.isEmpty()
                ? Uni.createFrom().item(upgraded)
                : mustFit(request, ids, retrieves)
                        .chain(() -> preassign(request, ids))
                        .replaceWith(upgraded);
    }

    private Uni<Void> preassign(ApiRequest request, List<String> ids) {
        String id = request.preassign(ObjectKind.ASSISTANT, 1).getFirst();
        new PendingFileChange.Undo(List.of(id)).keep(request);
        return given.save(request.project(), null, Map.of(id, held(List.of(), ids)));
    }

    private Uni<Void> mustFit(ApiRequest request, List<String> ids, boolean retrieves) {
        return retrieves
                ? known.searchable(request.project(), ids)
                : known.exist(request.project(), ids);
    }

    /** The v1 files with these ids; older ones keep the time at which they were added. */
    private List<V1File> held(List<V1File> before, List<String> ids) {
        long now = clock.instant().getEpochSecond();
        return ids.stream()
                .map(
                        id ->
                                before.stream()
                                        .filter(file -> file.id().equals(id))
                                        .findFirst()
                                        .orElseGet(() -> new V1File(id, now)))
                .toList();
    }

    /**
     * The body of a modified assistant. Tools and files are translated together, because the tools
     * determine where the files go.
     */
    Uni<Buffer> modify(ApiRequest request) {
        ObjectNode body = Upgrade.read(request.body().getBytes(), V1Rules.ASSISTANT);
        String id = ObjectKind.ASSISTANT.id(V1RequestKind.object(request));
        boolean touches = body.hasNonNull("file_ids") || body.hasNonNull("tools");
        if (!touches && !body.hasNonNull("model")) {
            body.remove("file_ids");
            return Uni.createFrom().item(bytes(Upgrade.choices(body)));
        }
        return assistants
                .find(request.project(), id)
                .map(found -> ObjectKind.ASSISTANT.existing(found, id))
                .chain(found -> modify(request, body, found, touches));
    }

    private Uni<Buffer> modify(
            ApiRequest request, ObjectNode body, Assistant before, boolean touches) {
        @Nullable List<String> wanted = body.hasNonNull("file_ids") ? Upgrade.files(body) : null;
        body.remove("file_ids");
        Upgrade.choices(body);
        Set<String> tools =
                body.hasNonNull("tools") ? Upgrade.tools(body) : AssistantFiles.tools(before);
        boolean retrieves = tools.contains(Upgrade.FILE_SEARCH);
        models.check(body.path("model").asText(before.model()), retrieves);
        if (!touches) {
            return Uni.createFrom().item(bytes(body));
        }
        Uni<Void> fit =
                wanted == null ? Uni.createFrom().voidItem() : mustFit(request, wanted, retrieves);
        return fit.chain(() -> given.of(request.project(), before.id()))
                .chain(had -> equip(request, before, tools, had, wanted))
                .map(after -> bytes(with(body, after)));
    }

    private Uni<ToolFiles> equip(
            ApiRequest request,
            Assistant before,
            Set<String> tools,
            List<V1File> had,
            @Nullable List<String> wanted) {
        List<String> was = had.stream().map(V1File::id).toList();
        List<String> held = wanted == null ? was : wanted;
        if (wanted != null) {
            new PendingFileChange.Give(before.id(), held(had, wanted)).keep(request);
        }
        List<String> taken = was.stream().filter(id -> !held.contains(id)).toList();
        return files.equipped(
                request.project(),
                ToolFiles.of(before.toolResources()),
                new Change(tools, taken, held));
    }

    private static ObjectNode with(ObjectNode body, ToolFiles after) {
        return body.set("tool_resources", Json.mapper().<JsonNode>valueToTree(after.resources()));
    }

    private static Buffer bytes(ObjectNode body) {
        return Buffer.buffer(Json.bytes(body));
    }
}
