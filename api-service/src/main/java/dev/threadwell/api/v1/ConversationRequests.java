package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.vectorstore.FileChecks;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.persistence.file.V1Files;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Translates v1 requests that create threads, messages and runs. */
@ApplicationScoped
class ConversationRequests {

    private final AssistantStore assistants;
    private final V1Files given;
    private final FileChecks known;
    private final V1ModelRules models;
    private final InstantSource clock;

    @Inject
    ConversationRequests(
            AssistantStore assistants,
            V1Files given,
            FileChecks known,
            V1ModelRules models,
            InstantSource clock) {
        this.assistants = assistants;
        this.given = given;
        this.known = known;
        this.models = models;
        this.clock = clock;
    }

    /** The body of a new thread with its messages. */
    Uni<Buffer> newThread(ApiRequest request) {
        ObjectNode body = Upgrade.read(request.body().getBytes(), V1Rules.NEW_THREAD);
        String thread = request.preassign(ObjectKind.THREAD, 1).getFirst();
        return upgraded(request, thread, body, Upgrade.messages(body), Upgrade.ANY_TOOL, Map.of());
    }

    /** The body of a new message in a thread. */
    Uni<Buffer> newMessage(ApiRequest request) {
        ObjectNode body = Upgrade.read(request.body().getBytes(), V1Rules.NEW_MESSAGE);
        return upgraded(
                request,
                V1RequestKind.object(request),
                body,
                List.of(body),
                Upgrade.ANY_TOOL,
                Map.of());
    }

    /** The body of a new run on a thread. */
    Uni<Buffer> newRun(ApiRequest request) {
        return newRun(request, V1Rules.NEW_RUN, V1RequestKind.object(request));
    }

    /** The body of a new run with its thread. */
    Uni<Buffer> newRunWithThread(ApiRequest request) {
        String thread = request.preassign(ObjectKind.THREAD, 1).getFirst();
        return newRun(request, V1Rules.NEW_RUN_WITH_THREAD, thread);
    }

    private Uni<Buffer> newRun(ApiRequest request, ObjectRule rule, String thread) {
        ObjectNode body = Upgrade.choices(Upgrade.read(request.body().getBytes(), rule));
        String id = body.path("assistant_id").asText();
        return assistants
                .find(request.project(), id)
                .map(found -> ObjectKind.ASSISTANT.existing(found, id))
                .chain(
                        found ->
                                given.of(request.project(), id)
                                        .chain(
                                                files ->
                                                        newRun(
                                                                request, thread, body, found,
                                                                files)));
    }

    /** The body of a new run, which keeps the files that its assistant has now. */
    private Uni<Buffer> newRun(
            ApiRequest request,
            String thread,
            ObjectNode body,
            Assistant assistant,
            List<V1File> files) {
        Set<String> tools =
                body.hasNonNull("tools") ? Upgrade.tools(body) : AssistantFiles.tools(assistant);
        models.check(
                body.path("model").asText(assistant.model()), tools.contains(Upgrade.FILE_SEARCH));
        String run = request.preassign(ObjectKind.RUN, 1).getFirst();
        return upgraded(
                request,
                thread,
                body,
                Upgrade.messages(body),
                tools,
                files.isEmpty() ? Map.of() : Map.of(run, files));
    }

    /**
     * The body with its messages translated, once the v1 files of its new objects are stored.
     *
     * @param tools the tools that the files of the messages are for
     * @param others the files of other new objects in the thread, by the ids of the objects
     */
    private Uni<Buffer> upgraded(
            ApiRequest request,
            String thread,
            ObjectNode body,
            List<ObjectNode> messages,
            Set<String> tools,
            Map<String, List<V1File>> others) {
        Map<String, List<V1File>> files = new LinkedHashMap<>(others);
        files.putAll(preassigned(request, messages));
        List<String> brought =
                messages.stream().flatMap(m -> Upgrade.files(m).stream()).distinct().toList();
        return known.searchableOf(request.project(), brought)
                .call(() -> noUnreadPictures(request, thread, tools, brought))
                .invoke(texts -> messages.forEach(m -> Upgrade.message(m, tools, texts)))
                .chain(() -> saved(request, thread, files))
                .map(saved -> Buffer.buffer(Json.bytes(body)));
    }

    /**
     * Refuses a run that could use its thread's pictures for nothing, because it only retrieves and
     * no model reads pictures.
     */
    private Uni<Void> noUnreadPictures(
            ApiRequest request, String thread, Set<String> tools, List<String> brought) {
        return !tools.contains(Upgrade.FILE_SEARCH) || tools.contains(Upgrade.CODE_INTERPRETER)
                ? Uni.createFrom().voidItem()
                : given.ofMessages(request.project(), thread)
                        .map(held -> Stream.concat(held.stream(), brought.stream()).toList())
                        .chain(ids -> known.noUnreadPictures(request.project(), ids));
    }

    /** The files of the new messages, by the future ids of the messages. */
    private Map<String, List<V1File>> preassigned(ApiRequest request, List<ObjectNode> messages) {
        Map<String, List<V1File>> files = new LinkedHashMap<>();
        if (messages.stream().allMatch(m -> Upgrade.files(m).isEmpty())) {
            return files;
        }
        long now = clock.instant().getEpochSecond();
        List<String> ids = request.preassign(ObjectKind.MESSAGE, messages.size());
        for (int i = 0; i < ids.size(); i++) {
            List<String> brought = Upgrade.files(messages.get(i));
            if (!brought.isEmpty()) {
                files.put(ids.get(i), brought.stream().map(id -> new V1File(id, now)).toList());
            }
        }
        return files;
    }

    /**
     * Stores the files, unless the path has an impossible thread id, which its resource refuses.
     */
    private Uni<Void> saved(ApiRequest request, String thread, Map<String, List<V1File>> files) {
        if (files.isEmpty() || !ObjectKind.isConceivable(thread)) {
            return Uni.createFrom().voidItem();
        }
        new PendingFileChange.Undo(List.copyOf(files.keySet())).keep(request);
        return given.save(request.project(), thread, files);
    }
}
