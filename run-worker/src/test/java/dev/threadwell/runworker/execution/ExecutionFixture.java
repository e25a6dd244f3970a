package dev.threadwell.runworker.execution;

import static org.awaitility.Awaitility.await;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.platform.mcp.McpException;
import dev.threadwell.platform.mcp.McpFunction;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.model.ChatModel;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelEndpoint;
import dev.threadwell.runworker.prompt.AllowedHosts;
import dev.threadwell.runworker.prompt.CodeFiles;
import dev.threadwell.runworker.prompt.ConversationSource;
import dev.threadwell.runworker.prompt.InMemoryBlobs;
import dev.threadwell.runworker.prompt.InMemoryFiles;
import dev.threadwell.runworker.prompt.IndexedFiles;
import dev.threadwell.runworker.prompt.McpFunctions;
import dev.threadwell.runworker.prompt.PictureView;
import dev.threadwell.runworker.prompt.PromptAssembly;
import dev.threadwell.runworker.prompt.PromptConfig;
import dev.threadwell.runworker.prompt.RemoteImages;
import dev.threadwell.runworker.prompt.SmallPrompts;
import dev.threadwell.runworker.prompt.UploadedImages;
import dev.threadwell.runworker.stream.StreamWriters;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.PartialTurn;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Fixture for one execution, with the store, the stream and the model in memory. */
final class ExecutionFixture implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(1);

    /** The context of the span that makes each turn begin. */
    static final String CAUSE = "00-0123456789abcdef0123456789abcdef-00000000000000ca-01";

    private static final Node NODE = new Node(0, "127.0.0.1", 1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(
                    new Cluster(
                            "cluster",
                            List.of(NODE),
                            List.of(
                                    new PartitionInfo(
                                            Topics.RUN_STREAM, 0, NODE, new Node[0], new Node[0])),
                            Set.of(),
                            Set.of()),
                    true,
                    null,
                    new StringSerializer(),
                    new ByteArraySerializer());
    private final AtomicInteger released = new AtomicInteger();

    final InMemoryExecutionStore runs;
    final FakeModel model = new FakeModel();
    final List<StreamEvent> leftOnStream = new ArrayList<>();
    final InMemoryFiles files = new InMemoryFiles();

    /** The failure of listing MCP tools; if null, every server has one tool. */
    volatile @Nullable McpException unlisted;

    private final RunRow claimed;
    private final ExecutionPorts ports;
    private @Nullable RunExecution execution;

    ExecutionFixture(Run run) {
        this(run, 0);
    }

    ExecutionFixture(Run run, @Nullable Integer stream) {
        this(run, stream, false);
    }

    ExecutionFixture(Run run, @Nullable Integer stream, boolean contents) {
        this(run, stream, contents, Tracing.OFF, null);
    }

    /** A run that was created in this context. */
    ExecutionFixture(Run run, Tracing tracing, String traceparent) {
        this(run, 0, false, tracing, traceparent);
    }

    private ExecutionFixture(
            Run run,
            @Nullable Integer stream,
            boolean contents,
            Tracing tracing,
            @Nullable String traceparent) {
        claimed =
                new RunRow(
                        "proj",
                        run,
                        1,
                        1,
                        "rw-here",
                        stream,
                        Usage.NONE,
                        contents,
                        false,
                        traceparent);
        runs = new InMemoryExecutionStore(claimed);
        ports =
                new ExecutionPorts(
                        runs,
                        prompts(),
                        model,
                        new StreamWriters(new StreamProducer(kafka)),
                        (partition, runId, createdAt, fence) -> PartialTurn.of(leftOnStream),
                        Samples.CLOCK,
                        ExecutionMetrics.unread(),
                        tracing);
    }

    private PromptAssembly prompts() {
        PromptConfig config = new SmallPrompts();
        Egress egress = new Egress(vertx, new AllowedHosts(List.of()));
        return new PromptAssembly(
                new EmptyConversation(),
                new UploadedImages(files, new InMemoryBlobs(Map.of()), config),
                new RemoteImages(egress, config, false),
                new PictureView(files, List.of()),
                new CodeFiles(files),
                new IndexedFiles(vertx, files, Samples.CLOCK),
                new McpFunctions(this::listed),
                model,
                config);
    }

    private Uni<List<McpFunction>> listed(String projectId, Tool.Mcp server) {
        McpException why = unlisted;
        return why == null
                ? Uni.createFrom().item(List.of(new McpFunction("berth", null, Map.of())))
                : Uni.createFrom().failure(why);
    }

    ExecutionPorts ports() {
        return ports;
    }

    /** The names of the events in the stream. */
    List<String> shown() {
        return kafka.history().stream()
                .map(r -> r.headers().lastHeader(StreamEvent.NAME_HEADER).value())
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
    }

    /** The data of the last event. */
    String lastData() {
        return new String(kafka.history().getLast().value(), StandardCharsets.UTF_8);
    }

    /** The names of the events after the last one with this name. */
    List<String> shownAfter(String name) {
        List<String> all = shown();
        return all.subList(all.lastIndexOf(name) + 1, all.size());
    }

    ExecutionFixture start(StartReason reason) {
        RunExecution started =
                new RunExecution(
                        claimed,
                        reason,
                        CAUSE,
                        ports,
                        context,
                        ended -> released.incrementAndGet());
        execution = started;
        started.start();
        return this;
    }

    /** Notifies the execution that its run may have ended. */
    void stop() {
        execution.stop();
    }

    SpeculativeSampling speculate() {
        SpeculativeSampling sampling =
                new SpeculativeSampling(context, runs.row(), Samples.CLOCK.instant(), ports, null);
        sampling.start();
        return sampling;
    }

    StartReason fresh() {
        return new StartReason.Fresh(speculate());
    }

    /** Executes a queued run up to the request to the model. */
    ExecutionFixture asked() {
        start(fresh());
        untilAsked();
        return this;
    }

    void untilAsked() {
        until(() -> model.listener != null);
    }

    /** Waits for a condition that will be met, however busy the machine is. */
    static void until(Callable<Boolean> condition) {
        await().atMost(LONG).until(condition);
    }

    void says(ModelEvent... events) {
        for (ModelEvent event : events) {
            onContext(() -> model.listener.on(event));
        }
    }

    void stops() {
        onContext(() -> model.listener.ended());
    }

    void onContext(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(
                ignored -> {
                    action.run();
                    done.complete(null);
                });
        done.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    void untilReleased() {
        until(() -> released.get() > 0);
        // Another turn of the event loop, after which all pending events have arrived.
        onContext(() -> {});
    }

    int timesReleased() {
        return released.get();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** An empty conversation. */
    private record EmptyConversation() implements ConversationSource {

        @Override
        public Uni<ConversationStore.Excerpt> newest(
                String threadId, ConversationStore.Reach reach) {
            return Uni.createFrom().item(new ConversationStore.Excerpt(List.of(), 0));
        }

        @Override
        public Uni<ConversationStore.@Nullable Excerpt> newestIfSmall(
                String threadId, ConversationStore.Reach reach, long mostBytes) {
            return newest(threadId, reach).map(all -> all);
        }
    }

    /** A fake model that the test controls. */
    static final class FakeModel implements ChatModel {

        volatile ModelCall.@Nullable Listener listener;
        volatile String asked = "";
        volatile boolean aborted;
        volatile boolean broken;

        @Override
        public ModelCall stream(String name, byte[] request, ModelCall.Listener heard) {
            if (broken) {
                throw new IllegalStateException("no model");
            }
            asked = new String(request, StandardCharsets.UTF_8);
            listener = heard;
            return () -> aborted = true;
        }

        @Override
        public ModelEndpoint endpoint() {
            return new ModelEndpoint("openai", "model.example", 443);
        }

        @Override
        public int contextTokens(String name) {
            return 1000;
        }
    }
}
