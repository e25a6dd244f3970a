package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.WireVersion;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.persistence.file.V1Files;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The version {@code assistants=v1} of the API, unless the installation has disabled it. */
@ApplicationScoped
@LookupIfProperty(name = "threadwell.v1.enabled", stringValue = "true", lookupIfMissing = true)
public class VersionOne implements WireVersion {

    private static final String BETA = "assistants=v1";
    private static final String INCOMPLETE = StreamEventName.RUN_INCOMPLETE.wire();
    private static final String COMPLETED = StreamEventName.RUN_COMPLETED.wire();

    private final AssistantRequests assistants;
    private final ConversationRequests conversations;
    private final V1Files given;

    @Inject
    VersionOne(AssistantRequests assistants, ConversationRequests conversations, V1Files given) {
        this.assistants = assistants;
        this.conversations = conversations;
        this.given = given;
    }

    /**
     * The request itself, for resources that exist in v1 only; throws the 404 for other versions.
     */
    static ApiRequest only(ApiRequest request) {
        if (!request.wire().beta().equals(BETA)) {
            throw request.noSuchUrl();
        }
        return request;
    }

    @Override
    public String beta() {
        return BETA;
    }

    @Override
    public boolean runsOnEmptyThreads() {
        return true;
    }

    @Override
    public Uni<Buffer> upgrade(ApiRequest request) {
        return switch (V1RequestKind.of(request)) {
            case NEW_ASSISTANT -> assistants.create(request);
            case ASSISTANT -> assistants.modify(request);
            case NEW_THREAD -> conversations.newThread(request);
            case NEW_MESSAGE -> conversations.newMessage(request);
            case NEW_RUN -> conversations.newRun(request);
            case NEW_RUN_WITH_THREAD -> conversations.newRunWithThread(request);
            case THREAD, MESSAGE, RUN -> Uni.createFrom().item(metadata(request));
            case ANY_OTHER -> Uni.createFrom().item(request.body());
        };
    }

    private static Buffer metadata(ApiRequest request) {
        return Buffer.buffer(Json.bytes(Upgrade.read(request.body().getBytes(), V1Rules.METADATA)));
    }

    @Override
    public Uni<Object> downgrade(ApiRequest request, Object answer) {
        JsonNode current = PublicJson.tree(answer, ApiRequest.bindings(request.http()));
        return settled(request, current)
                .chain(() -> given.of(request.project(), Downgrade.holders(current)))
                .map(files -> view(files, false).of(current));
    }

    /**
     * Completes or undoes the pending file change. A server error leaves the outcome of the request
     * unknown, so nothing is undone then.
     */
    private Uni<Void> settled(ApiRequest request, JsonNode answer) {
        boolean refused = answer.at("/error/type").asText().equals("invalid_request_error");
        boolean failed = answer.has("error");
        return switch (PendingFileChange.take(request)) {
            case PendingFileChange.Undo(List<String> ids) when refused ->
                    given.forget(request.project(), ids);
            case PendingFileChange.Give(String id, List<V1File> files) when !failed ->
                    given.change(request.project(), id, before -> files).replaceWithVoid();
            case PendingFileChange.Undo _, PendingFileChange.Give _ -> Uni.createFrom().voidItem();
            case null -> Uni.createFrom().voidItem();
        };
    }

    @Override
    public Uni<Events> events(ApiRequest request, String runId) {
        return given.of(request.project(), List.of(runId))
                .map(files -> view(files, true))
                .map(view -> event -> shown(event, view));
    }

    private static Event shown(Event event, Downgrade view) {
        JsonNode older = view.of(Json.read(event.data().bytes(), JsonNode.class));
        return new Event(
                event.name().equals(INCOMPLETE) ? COMPLETED : event.name(), PublicJson.of(older));
    }

    private static Downgrade view(Map<String, List<V1File>> files, boolean streamed) {
        return new Downgrade(
                id -> files.getOrDefault(id, List.of()).stream().map(V1File::id).toList(),
                streamed);
    }
}
