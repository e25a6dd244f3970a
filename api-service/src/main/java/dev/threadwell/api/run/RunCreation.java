package dev.threadwell.api.run;

import dev.threadwell.api.admission.RunAdmission;
import dev.threadwell.api.assistant.RequestedTools;
import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.assistant.ToolSecretExtraction;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.RequestTrace;
import dev.threadwell.api.message.MessageRequest;
import dev.threadwell.api.model.AcceptedModels;
import dev.threadwell.api.stream.EventStream;
import dev.threadwell.api.stream.EventStreams;
import dev.threadwell.api.stream.SseEvent;
import dev.threadwell.api.thread.ThreadFiles;
import dev.threadwell.api.thread.ThreadRequest;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.vectorstore.VectorStores;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.RunStore.Creation;
import dev.threadwell.persistence.run.RunStore.Preparation;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Run;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates runs, on an existing thread or with a new one, streamed or not. */
@ApplicationScoped
class RunCreation {

    private static final String USER = "user";

    /** The owner of the secrets that a request brings for its run alone. */
    private static final String OF_A_RUN = "run";

    private final RunAdmission admission;
    private final RunStore runs;
    private final AssistantStore assistants;
    private final ToolResources resources;
    private final ToolSecretExtraction intake;
    private final VectorStores stores;
    private final ThreadFiles files;
    private final AcceptedModels models;
    private final EventStreams streams;
    private final InstantSource clock;

    @Inject
    RunCreation(
            RunAdmission admission,
            RunStore runs,
            AssistantStore assistants,
            ToolResources resources,
            ToolSecretExtraction intake,
            VectorStores stores,
            ThreadFiles files,
            AcceptedModels models,
            EventStreams streams,
            InstantSource clock) {
        this.admission = admission;
        this.runs = runs;
        this.assistants = assistants;
        this.resources = resources;
        this.intake = intake;
        this.stores = stores;
        this.files = files;
        this.models = models;
        this.streams = streams;
        this.clock = clock;
    }

    /** A validated request for a run. */
    private record Wish(
            ApiRequest request,
            Body body,
            RequestedTools tools,
            boolean contents,
            BusyThread policy) {}

    /** Creates a run on an existing thread. */
    Uni<RunAnswer> onThread(ApiRequest request, String threadId) {
        boolean contents = request.includesContents();
        BusyThread policy = BusyThreadHeader.policy(request);
        Body body = request.body(RunRequest.CREATE);
        return admission.admit(
                request.http(), () -> onThread(request, threadId, body, contents, policy));
    }

    private Uni<RunAnswer> onThread(
            ApiRequest request, String threadId, Body body, boolean contents, BusyThread policy) {
        return runs.prepare(request.project(), threadId, body.required("assistant_id"))
                .chain(
                        found ->
                                intake.take(request, body, OF_A_RUN)
                                        .map(
                                                tools ->
                                                        new Wish(
                                                                request, body, tools, contents,
                                                                policy))
                                        .chain(wish -> onThread(wish, threadId, found)));
    }

    private Uni<RunAnswer> onThread(Wish wish, String threadId, Preparation found) {
        ApiRequest request = wish.request();
        Body body = wish.body();
        ThreadObject thread = ObjectKind.THREAD.existing(found.thread(), threadId);
        Assistant assistant =
                ObjectKind.ASSISTANT.existing(found.assistant(), body.required("assistant_id"));
        if (found.activeRun() != null && wish.policy() == BusyThread.REJECT) {
            throw ApiError.threadHasActiveRun(threadId, found.activeRun()).thrown();
        }
        long now = clock.instant().getEpochSecond();
        List<Message> messages =
                body.objects("additional_messages").stream()
                        .map(
                                m ->
                                        MessageRequest.created(
                                                request.newId(ObjectKind.MESSAGE),
                                                m,
                                                threadId,
                                                now))
                        .toList();
        Run run =
                RunRequest.created(
                        body,
                        wish.tools(),
                        assistant,
                        threadId,
                        request.newId(ObjectKind.RUN),
                        now);
        mustBeAcceptable(run);
        mustHaveSomethingToSay(request, run, found.hasUserMessage(), messages);
        return use(request, assistant.toolResources(), thread.toolResources())
                .chain(() -> files.give(request.project(), threadId, messages))
                .chain(
                        () ->
                                create(
                                        opened(request, body, run, wish.contents()),
                                        messages,
                                        wish.policy()));
    }

    /**
     * Marks the vector stores that the run may search as used; fails if one of them has expired.
     */
    private Uni<Void> use(
            ApiRequest request, Map<String, Object> ofAssistant, Map<String, Object> ofThread) {
        List<String> ids = new ArrayList<>(ToolFiles.of(ofAssistant).stores());
        ids.addAll(ToolFiles.of(ofThread).stores());
        return stores.use(request.project(), ids);
    }

    private Uni<RunAnswer> create(Opened opened, List<Message> messages, BusyThread policy) {
        return runs.create(opened.row(), messages, policy)
                .map(creation -> answer(creation, opened, List.of()));
    }

    /**
     * Creates a run on a new thread. The busy-thread header is validated but has no effect here,
     * because a new thread has no active run.
     */
    Uni<RunAnswer> withThread(ApiRequest request) {
        BusyThreadHeader.policy(request);
        Body body = request.body(RunRequest.CREATE_WITH_THREAD);
        String assistantId = body.required("assistant_id");
        return admission.admit(request.http(), () -> withThread(request, body, assistantId));
    }

    private Uni<RunAnswer> withThread(ApiRequest request, Body body, String assistantId) {
        return assistants
                .find(request.project(), assistantId)
                .map(found -> ObjectKind.ASSISTANT.existing(found, assistantId))
                .chain(
                        assistant ->
                                intake.take(request, body, OF_A_RUN)
                                        .chain(
                                                tools ->
                                                        withThread(
                                                                request, body, tools, assistant)));
    }

    private Uni<RunAnswer> withThread(
            ApiRequest request, Body body, RequestedTools tools, Assistant assistant) {
        long now = clock.instant().getEpochSecond();
        Body given = body.object("thread");
        ThreadObject thread = ThreadRequest.created(request.newId(ObjectKind.THREAD), given, now);
        List<Message> messages = ThreadRequest.messages(request, given, thread.id(), now);
        Run run =
                RunRequest.created(
                        body, tools, assistant, thread.id(), request.newId(ObjectKind.RUN), now);
        mustBeAcceptable(run);
        mustHaveSomethingToSay(request, run, false, messages);
        return resources
                .of(request.project(), body.object("tool_resources"), null)
                .map(own -> run.withToolResources(own.resources()))
                .chain(
                        equipped ->
                                files.equipped(request.project(), thread, given, messages)
                                        .call(
                                                made ->
                                                        use(
                                                                request,
                                                                resources(equipped, assistant),
                                                                made.toolResources()))
                                        .chain(
                                                made ->
                                                        create(
                                                                opened(
                                                                        request, body, equipped,
                                                                        false),
                                                                made,
                                                                messages)));
    }

    /**
     * The resources of the run: those of the request replace the assistant's, in this run alone.
     */
    private static Map<String, Object> resources(Run run, Assistant assistant) {
        return run.toolResources().isEmpty() ? assistant.toolResources() : run.toolResources();
    }

    private Uni<RunAnswer> create(Opened opened, ThreadObject thread, List<Message> messages) {
        return runs.createWithThread(opened.row(), thread, messages)
                .map(creation -> answer(creation, opened, List.of(SseEvent.created(thread))));
    }

    /** Checks the model and the size of a run, which has to fit into one Kafka record. */
    private void mustBeAcceptable(Run run) {
        models.check(run.model());
        int bytes = Json.bytes(run).length;
        if (bytes > Topics.MAX_RUN_BYTES) {
            throw ApiError.badRequest(
                            ("The run is too large: its instructions, tools and response format"
                                            + " take up %d bytes together. The maximum is %d bytes.")
                                    .formatted(bytes, Topics.MAX_RUN_BYTES))
                    .thrown();
        }
    }

    /**
     * Refuses a run without a user message and without instructions. The instructions are the run's
     * own: the assistant's, unless the request has others.
     */
    private static void mustHaveSomethingToSay(
            ApiRequest request, Run run, boolean hasUserMessage, List<Message> messages) {
        boolean instructed = run.instructions() != null && !run.instructions().isBlank();
        if (!request.wire().runsOnEmptyThreads()
                && !hasUserMessage
                && !instructed
                && messages.stream().noneMatch(message -> message.role().equals(USER))) {
            throw ApiError.badRequest(
                            "Run creation requires a Thread with a user message or an assistant"
                                    + " with instructions.",
                            null,
                            "invalid_thread")
                    .thrown();
        }
    }

    /**
     * A row that is about to be written, and its stream, which has already subscribed to the run;
     * the stream is null if none was asked for.
     */
    private record Opened(RunRow row, @Nullable EventStream stream) {}

    private Opened opened(ApiRequest request, Body body, Run run, boolean contents) {
        boolean streamed = body.flag("stream", false);
        RunRow row =
                RunRow.created(request.project(), run, streamed ? streams.partition() : null)
                        .withContents(contents)
                        .tracedBy(RequestTrace.context(request.http()));
        RequestTrace.about(request.http(), run);
        return new Opened(row, streamed ? streams.open(request.http(), run.id()) : null);
    }

    private static RunAnswer answer(Creation creation, Opened opened, List<SseEvent> first) {
        Run run = opened.row().run();
        return switch (creation) {
            case Creation.Created created -> shown(created.row(), opened.stream(), first);
            case Creation.Busy busy ->
                    throw ApiError.threadHasActiveRun(run.threadId(), busy.runId()).thrown();
            case Creation.NoThread _ -> throw ObjectKind.THREAD.notFound(run.threadId());
        };
    }

    private static RunAnswer shown(RunRow row, @Nullable EventStream stream, List<SseEvent> first) {
        if (stream == null) {
            return new RunAnswer.Shown(row.run());
        }
        List<SseEvent> frames = new ArrayList<>(first);
        frames.add(SseEvent.created(row.run()));
        frames.add(SseEvent.of(row.run()));
        return new RunAnswer.Streamed(stream.from(frames, row.version(), row.epoch()));
    }
}
