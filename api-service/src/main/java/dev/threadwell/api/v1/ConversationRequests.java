package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.http.Call;
import dev.threadwell.api.validation.Fields;
import dev.threadwell.api.validation.Kind;
import dev.threadwell.api.vectorstore.KnownFiles;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.store.AssistantStore;
import dev.threadwell.store.GivenFile;
import dev.threadwell.store.GivenFiles;
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

/** Translates v1 requests that create threads, messages and runs. */
@ApplicationScoped
class ConversationRequests {

    private final AssistantStore assistants;
    private final GivenFiles given;
    private final KnownFiles known;
    private final OlderModels models;
    private final InstantSource clock;

    @Inject
    ConversationRequests(
            AssistantStore assistants,
            GivenFiles given,
            KnownFiles known,
            OlderModels models,
            InstantSource clock) {
        this.assistants = assistants;
        this.given = given;
        this.known = known;
        this.models = models;
        this.clock = clock;
    }

    /** A new thread with its messages. */
    Uni<Buffer> newThread(Call call) {
        ObjectNode body = Upgrade.read(call.body().getBytes(), OlderRules.NEW_THREAD);
        String thread = call.promise(Kind.THREAD, 1).getFirst();
        return upgraded(call, thread, body, Upgrade.messages(body), Upgrade.ANY_TOOL, Map.of());
    }

    /** A new message in a thread. */
    Uni<Buffer> newMessage(Call call) {
        ObjectNode body = Upgrade.read(call.body().getBytes(), OlderRules.NEW_MESSAGE);
        return upgraded(
                call, OlderRequest.object(call), body, List.of(body), Upgrade.ANY_TOOL, Map.of());
    }

    /** A new run on a thread. */
    Uni<Buffer> newRun(Call call) {
        return newRun(call, OlderRules.NEW_RUN, OlderRequest.object(call));
    }

    /** A new run with its thread. */
    Uni<Buffer> newRunWithThread(Call call) {
        String thread = call.promise(Kind.THREAD, 1).getFirst();
        return newRun(call, OlderRules.NEW_RUN_WITH_THREAD, thread);
    }

    private Uni<Buffer> newRun(Call call, Fields rule, String thread) {
        ObjectNode body = Upgrade.choices(Upgrade.read(call.body().getBytes(), rule));
        String id = body.path("assistant_id").asText();
        return assistants
                .find(call.project(), id)
                .map(found -> Kind.ASSISTANT.existing(found, id))
                .chain(
                        found ->
                                given.of(call.project(), id)
                                        .chain(files -> newRun(call, thread, body, found, files)));
    }

    /** A run has the files that its assistant has now, whatever becomes of that. */
    private Uni<Buffer> newRun(
            Call call, String thread, ObjectNode body, Assistant assistant, List<GivenFile> files) {
        Set<String> tools =
                body.hasNonNull("tools") ? Upgrade.tools(body) : AssistantFiles.tools(assistant);
        models.check(
                body.path("model").asText(assistant.model()), tools.contains(Upgrade.FILE_SEARCH));
        String run = call.promise(Kind.RUN, 1).getFirst();
        return upgraded(
                call,
                thread,
                body,
                Upgrade.messages(body),
                tools,
                files.isEmpty() ? Map.of() : Map.of(run, files));
    }

    /**
     * The body with its messages upgraded, behind the rows of all files that come with it.
     *
     * @param tools the tools that the files of the messages are for
     * @param others the files of other objects that are about to be made in the thread
     */
    private Uni<Buffer> upgraded(
            Call call,
            String thread,
            ObjectNode body,
            List<ObjectNode> messages,
            Set<String> tools,
            Map<String, List<GivenFile>> others) {
        Map<String, List<GivenFile>> files = new LinkedHashMap<>(others);
        files.putAll(promised(call, messages));
        List<String> brought =
                messages.stream().flatMap(m -> Upgrade.files(m).stream()).distinct().toList();
        return known.texts(call.project(), brought)
                .invoke(texts -> messages.forEach(m -> Upgrade.message(m, tools, texts)))
                .chain(() -> saved(call, thread, files))
                .map(saved -> Buffer.buffer(Json.bytes(body)));
    }

    /** What the new messages bring, by the ids that they are going to have. */
    private Map<String, List<GivenFile>> promised(Call call, List<ObjectNode> messages) {
        Map<String, List<GivenFile>> files = new LinkedHashMap<>();
        if (messages.stream().allMatch(m -> Upgrade.files(m).isEmpty())) {
            return files;
        }
        long now = clock.instant().getEpochSecond();
        List<String> ids = call.promise(Kind.MESSAGE, messages.size());
        for (int i = 0; i < ids.size(); i++) {
            List<String> brought = Upgrade.files(messages.get(i));
            if (!brought.isEmpty()) {
                files.put(ids.get(i), brought.stream().map(id -> new GivenFile(id, now)).toList());
            }
        }
        return files;
    }

    /** A path without a thread that there could be is its resource's to refuse. */
    private Uni<Void> saved(Call call, String thread, Map<String, List<GivenFile>> files) {
        if (files.isEmpty() || !Kind.isConceivable(thread)) {
            return Uni.createFrom().voidItem();
        }
        new Afterwards.Undo(List.copyOf(files.keySet())).keep(call);
        return given.save(call.project(), thread, files);
    }
}
