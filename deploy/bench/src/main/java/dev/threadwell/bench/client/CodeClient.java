package dev.threadwell.bench.client;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Calls the code interpreter over Kafka as a run worker does, for threads that do not exist. Run
 * workers ignore the answers.
 */
public final class CodeClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(100);
    private final Tap tap;

    private record Answer(String callId, JsonObject output, long nanos) {}

    private CodeClient(Map<String, Object> kafka) {
        this.producer = PromptProducer.open(kafka);
        this.tap = Tap.on(kafka, List.of("tool.answered"), this::heard);
    }

    public static CodeClient open(Map<String, Object> kafka) {
        return new CodeClient(kafka);
    }

    private void heard(ConsumerRecord<String, byte[]> message, long nanos) {
        JsonObject answer = new JsonObject(new String(message.value(), StandardCharsets.UTF_8));
        answers.add(new Answer(answer.getString("call_id"), answer.getJsonObject("output"), nanos));
    }

    /** The id of a new thread, which has no session yet. */
    public String thread() {
        return "thread_bench" + UUID.randomUUID();
    }

    /** Executes code that prints; returns the nanoseconds until the answer arrives. */
    public long execute(String thread, String code) {
        String callId = "call_" + UUID.randomUUID();
        byte[] request = request(thread, callId, code);
        long begun = System.nanoTime();
        Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>("tool.requested", thread, request));
        try {
            sent.get();
            Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (answer != null && !answer.callId().equals(callId)) {
                answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (answer == null || !answer.output().toString().contains("\"logs\"")) {
                throw new IllegalStateException("the code was not executed: " + answer);
            }
            return answer.nanos() - begun;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static byte[] request(String thread, String callId, String code) {
        return new JsonObject()
                .put("project_id", "proj_default")
                .put("thread_id", thread)
                .put("run_id", "run_bench")
                .put("step_id", "step_bench")
                .put("call_id", callId)
                .put("tool", "code_interpreter")
                .put("name", "code_interpreter")
                .put("arguments", new JsonObject().put("code", code).encode())
                .put("expires_at", Instant.now().getEpochSecond() + 600)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        tap.close();
        producer.close();
    }
}
