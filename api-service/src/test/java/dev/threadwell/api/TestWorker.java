package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import dev.threadwell.wire.StreamView;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Does to runs what a worker does, when a test says so. */
@ApplicationScoped
class TestWorker {

    static final Usage SPENT = Usage.of(627, 34, 0, 0);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClaimedRuns held;
    private final StreamProducer stream;
    private final KafkaConnection connection;
    private final Map<String, RunRequested> requested = new HashMap<>();
    private KafkaConsumer<String, byte[]> kafka;

    TestWorker(ClaimedRuns held, StreamProducer stream, KafkaConnection connection) {
        this.held = held;
        this.stream = stream;
        stream.prepare();
        this.connection = connection;
    }

    /** Takes the run as soon as it is requested; a run that goes on is requested anew. */
    synchronized RunRow claims(String runId) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            RunRequested request = requested.remove(runId);
            List<ClaimedRuns.Claimed> claimed = request == null ? List.of() : claim(request);
            if (!claimed.isEmpty()) {
                return claimed.getFirst().row();
            }
            for (var found : consumer().poll(Duration.ofMillis(100))) {
                RunRequested next = Json.read(found.value(), RunRequested.class);
                requested.merge(next.run().id(), next, TestWorker::newer);
            }
        }
        throw new AssertionError("nobody requests " + runId);
    }

    /** Nothing comes of a request that was delivered once more: its run has moved on. */
    private List<ClaimedRuns.Claimed> claim(RunRequested request) {
        return held.claim(List.of(request), "test-worker").await().atMost(PATIENCE);
    }

    private static RunRequested newer(RunRequested one, RunRequested other) {
        return other.version() > one.version() ? other : one;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        if (kafka == null) {
            kafka =
                    new KafkaConsumer<>(
                            connection.with(Map.of("enable.auto.commit", false)),
                            new StringDeserializer(),
                            new ByteArrayDeserializer());
            List<TopicPartition> all =
                    kafka.partitionsFor(Topics.RUN_REQUESTED).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            kafka.assign(all);
            kafka.seekToBeginning(all);
        }
        return kafka;
    }

    /** Writes an event into the run's stream. */
    void writes(RunRow row, String name, Object data) {
        writes(row, row.epoch(), name, PublicJson.of(data).text());
    }

    void writes(RunRow row, int epoch, String name, String data) {
        stream.send(
                        row.stream(),
                        new StreamEvent(
                                row.run().id(), epoch, name, data.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    /** Writes one of the counted events of a holder. */
    void writesNumbered(RunRow row, int epoch, int index, String name, Object data) {
        stream.send(
                        row.stream(),
                        new StreamEvent(
                                row.run().id(), epoch, index, name, PublicJson.of(data).bytes()))
                .join();
    }

    /** Writes the run's status as an event. */
    void writesStatus(RunRow row) {
        writes(row, StreamEventName.of(row.run().status()).wire(), StreamView.of(row.run()));
    }

    /** Says something, each time in a step and a message of its own, and ends the run. */
    RunRow completes(RunRow row, String... texts) {
        List<Message> messages = new ArrayList<>();
        List<StepWithUsage> steps = new ArrayList<>();
        for (String text : texts) {
            messages.add(said(row.run(), text));
            steps.add(new StepWithUsage(written(row.run(), messages.getLast()), SPENT));
        }
        return moved(row, new RunEvent.Completed(SPENT), messages, steps);
    }

    /** Saves this message and ends the run. */
    RunRow completes(RunRow row, Message message, RunStep step) {
        return moved(
                row,
                new RunEvent.Completed(SPENT),
                List.of(message),
                List.of(new StepWithUsage(step, SPENT)));
    }

    static Message said(Run run, String text) {
        return Message.begun(
                        Ids.message(), run.createdAt(), run.assistantId(), run.threadId(), run.id())
                .completed(List.of(MessageContent.Text.of(text)), run.createdAt());
    }

    static RunStep written(Run run, Message message) {
        StepDetails details =
                new StepDetails.MessageCreation(new StepDetails.Created(message.id()));
        return RunStep.begun(Ids.step(), run, details, run.createdAt())
                .completed(run.createdAt(), SPENT);
    }

    /** Calls functions of the client, each with empty arguments. */
    RunRow calls(RunRow row, String... functions) {
        List<StepDetails.ToolCall> calls =
                Stream.of(functions)
                        .<StepDetails.ToolCall>map(
                                f ->
                                        new StepDetails.FunctionCall(
                                                Ids.toolCall(),
                                                new StepDetails.Function(f, "{}", null)))
                        .toList();
        List<RequiredAction.Call> required =
                Stream.of(calls.toArray(StepDetails.FunctionCall[]::new))
                        .map(
                                c ->
                                        new RequiredAction.Call(
                                                c.id(),
                                                "function",
                                                new RequiredAction.Function(
                                                        c.function().name(),
                                                        c.function().arguments())))
                        .toList();
        RunStep step =
                RunStep.begun(
                        Ids.step(),
                        row.run(),
                        new StepDetails.ToolCalls(calls),
                        row.run().createdAt());
        return moved(
                row,
                new RunEvent.FunctionsCalled(required),
                List.of(),
                List.of(new StepWithUsage(step, SPENT)));
    }

    /** Searches, finds this, and says nothing. */
    RunRow finds(RunRow row, String text) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file_id", "file-1");
        result.put("file_name", "sky.txt");
        result.put("content", List.of(Map.of("type", "text", "text", text)));
        StepDetails.FileSearchCall call =
                new StepDetails.FileSearchCall(
                        Ids.toolCall(),
                        new StepDetails.Search(Map.of(), List.of(result), null, null, 4));
        RunStep step =
                RunStep.begun(
                                Ids.step(),
                                row.run(),
                                new StepDetails.ToolCalls(List.of(call)),
                                row.run().createdAt())
                        .completed(row.run().createdAt(), SPENT);
        return moved(
                row,
                new RunEvent.Completed(SPENT),
                List.of(),
                List.of(new StepWithUsage(step, SPENT)));
    }

    RunRow stops(RunRow row) {
        return moved(row, new RunEvent.Stopped(SPENT), List.of(), List.of());
    }

    private RunRow moved(
            RunRow row, RunEvent event, List<Message> messages, List<StepWithUsage> steps) {
        ClaimedRuns.Advance advance =
                held.advance(row, event, messages, steps).await().atMost(PATIENCE);
        assertThat(advance).isInstanceOf(ClaimedRuns.Advance.Moved.class);
        return ((ClaimedRuns.Advance.Moved) advance).row();
    }

    static List<String> callIds(Run run) {
        return run.requiredAction().callIds();
    }

    @PreDestroy
    void close() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
