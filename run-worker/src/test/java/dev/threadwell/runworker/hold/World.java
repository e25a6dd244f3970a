package dev.threadwell.runworker.hold;

import static org.awaitility.Awaitility.await;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.mcp.McpException;
import dev.threadwell.mcp.McpFunction;
import dev.threadwell.mcp.McpServers;
import dev.threadwell.outbox.KafkaConnection;
import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelClient;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.settings.ModelConfig;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.FileStore;
import dev.threadwell.store.MessageStore;
import dev.threadwell.store.RunFiles;
import dev.threadwell.store.RunKey;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.StepStore;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

/** Everything around one hold: the store, the stream and the model, all of them in memory. */
final class World implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(1);

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
    private final AtomicInteger letGo = new AtomicInteger();

    final StoredRun runs;
    final FakeModel model = new FakeModel(vertx);
    final List<StreamEvent> leftOnStream = new ArrayList<>();
    final Map<String, RunStep> savedSteps = new HashMap<>();
    final Map<String, Message> savedMessages = new HashMap<>();
    final AtomicInteger looks = new AtomicInteger();
    volatile boolean indexing;
    final Hold hold;
    private final RunFiles files =
            new RunFiles(null) {
                @Override
                public Uni<ToolFiles> of(RunKey run) {
                    return Uni.createFrom().item(ToolFiles.NONE);
                }

                @Override
                public Uni<Set<String>> beingIndexed(Set<String> ids) {
                    looks.incrementAndGet();
                    return Uni.createFrom().item(indexing ? ids : Set.of());
                }
            };

    /** Why no server lists its tools; each has one if there is none. */
    volatile @Nullable McpException unlisted;

    private final McpServers servers =
            new McpServers(null, null, null) {
                @Override
                public Uni<List<McpFunction>> functions(String projectId, Tool.Mcp server) {
                    McpException why = unlisted;
                    return why == null
                            ? Uni.createFrom()
                                    .item(List.of(new McpFunction("berth", null, Map.of())))
                            : Uni.createFrom().failure(why);
                }
            };

    World(Run run) {
        this(run, 0);
    }

    World(Run run, @Nullable Integer stream) {
        this(run, stream, false);
    }

    World(Run run, @Nullable Integer stream, boolean contents) {
        runs =
                new StoredRun(
                        new RunRow(
                                "proj", run, 1, 1, "rw-here", stream, Usage.NONE, contents, false));
        hold = new Hold(runs.row(), services(), context, ended -> letGo.incrementAndGet());
    }

    HoldServices services() {
        return new HoldServices(
                runs,
                new StepStore(null) {
                    @Override
                    public Uni<@Nullable RunStep> find(RunKey run, String stepId) {
                        return Uni.createFrom().item(savedSteps.get(stepId));
                    }
                },
                new MessageStore(null) {
                    @Override
                    public Uni<@Nullable Message> find(String project, String thread, String id) {
                        return Uni.createFrom().item(savedMessages.get(id));
                    }
                },
                new Conversation(null) {
                    @Override
                    public Uni<Excerpt> newest(String threadId, Reach reach) {
                        return Uni.createFrom().item(new Excerpt(List.of(), 0));
                    }

                    @Override
                    public Uni<@Nullable Excerpt> newestIfSmall(
                            String threadId, Reach reach, long most) {
                        return newest(threadId, reach);
                    }
                },
                new Pictures(new FileStore(null), null, config(10)),
                new RemoteImages(null, config(10), false),
                new CodeFiles(files, new FileStore(null)),
                new IndexedFiles(vertx, files, Samples.CLOCK),
                new RemoteTools(servers),
                model,
                new StreamProducer(kafka),
                new StreamReplay(new KafkaConnection(Map.of())) {
                    @Override
                    List<StreamEvent> read(int partition, String runId, long since, long fence) {
                        return leftOnStream;
                    }
                },
                config(10),
                Samples.CLOCK);
    }

    static WorkerConfig config(int maxRuns) {
        return new WorkerConfig() {
            @Override
            public int maxRuns() {
                return maxRuns;
            }

            @Override
            public Duration lease() {
                return Duration.ofSeconds(6);
            }

            @Override
            public Duration drain() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Duration heartbeat() {
                return Duration.ofSeconds(1);
            }

            @Override
            public int newestMessages() {
                return 1000;
            }

            @Override
            public OptionalLong promptBytes() {
                return OptionalLong.empty();
            }

            @Override
            public long pictureBytes() {
                return 1000;
            }
        };
    }

    /** The names of the events on the stream. */
    List<String> shown() {
        return kafka.history().stream()
                .map(r -> r.headers().lastHeader(StreamEvent.NAME_HEADER).value())
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
    }

    /** The data of the event that was shown last. */
    String lastData() {
        return new String(kafka.history().getLast().value(), StandardCharsets.UTF_8);
    }

    /** The names of the events behind the last one of this name. */
    List<String> shownAfter(String name) {
        List<String> all = shown();
        return all.subList(all.lastIndexOf(name) + 1, all.size());
    }

    World begin(Beginning beginning) {
        hold.begin(beginning);
        return this;
    }

    EarlyCall early(HoldServices services) {
        EarlyCall call = new EarlyCall(context, runs.row(), services);
        call.ask();
        return call;
    }

    Beginning fresh() {
        return new Beginning.Fresh(early(services()));
    }

    /** A run that was queued, up to the moment when the model has been asked. */
    World asked() {
        begin(fresh());
        untilAsked();
        return this;
    }

    void untilAsked() {
        until(() -> model.listener != null);
    }

    /** Waits for what has to come, however busy the machine is. */
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

    void untilLetGo() {
        until(() -> letGo.get() > 0);
        // Whatever is still on its way has arrived when another turn of the loop is over.
        onContext(() -> {});
    }

    int timesLetGo() {
        return letGo.get();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** A model that says what the test makes it say. */
    static final class FakeModel extends ModelClient {

        volatile ModelCall.@Nullable Listener listener;
        volatile String asked = "";
        volatile boolean aborted;
        volatile boolean broken;

        FakeModel(Vertx vertx) {
            super(vertx, new Unreachable(), Samples.CLOCK);
        }

        @Override
        public ModelCall stream(String name, byte[] request, ModelCall.Listener heard) {
            if (broken) {
                throw new IllegalStateException("no model");
            }
            asked = new String(request, StandardCharsets.UTF_8);
            listener = heard;
            return () -> aborted = true;
        }
    }

    private record Unreachable() implements ModelConfig {

        @Override
        public Optional<URI> baseUrl() {
            return Optional.of(URI.create("http://127.0.0.1:1/v1"));
        }

        @Override
        public Optional<String> apiKey() {
            return Optional.empty();
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Duration firstBackoff() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration longestBackoff() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int connections() {
            return 1;
        }

        @Override
        public int contextTokens() {
            return 1000;
        }

        @Override
        public Map<String, Integer> contextWindows() {
            return Map.of();
        }
    }
}
