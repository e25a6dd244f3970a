package dev.threadwell.toolworker.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.CallContexts;
import dev.threadwell.persistence.tool.ToolSecret;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CallsInMemory;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call is noted before it is handed over, and handed over under one id. */
class KafkaFunctionTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CallsInMemory calls = new CallsInMemory();
    private final CallContexts contexts =
            new CallContexts(null) {
                @Override
                public Uni<CallContext> of(ToolRequested call, @Nullable String secretId) {
                    return Uni.createFrom().item(new CallContext("asst_ferry", ToolSecret.NONE));
                }
            };
    private final KafkaFunction function =
            new KafkaFunction(
                    new OutboxProducer(kafka),
                    contexts,
                    calls,
                    InstantSource.fixed(NOW),
                    Tracing.OFF,
                    Optional.of(List.of("tides")));

    private @Nullable ToolOutput hand(Binding binding, long expiresAt) {
        ToolRequested call =
                new ToolRequested(
                        "proj",
                        "thread_pier",
                        "run_ferry",
                        "step_1",
                        "call_t",
                        ToolKind.FUNCTION,
                        new Tool.Function(
                                new Tool.Definition("tides", null, Map.of(), false), binding),
                        "tides",
                        "{\"day\":1}",
                        expiresAt);
        return function.hand(call, binding);
    }

    private @Nullable ToolOutput hand(Binding binding) {
        return hand(binding, NOW.getEpochSecond() + 600);
    }

    private static Binding to(String topic, boolean repeatable) {
        return new Binding(null, topic, 30, repeatable, null);
    }

    private static String header(ProducerRecord<String, byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aCallIsACloudEventOnTheTopicOfItsName() {
        assertThat(hand(to("tides", true))).isNull();
        ProducerRecord<String, byte[]> sent = kafka.history().getFirst();
        assertThat(sent.topic()).isEqualTo("function.called.tides");
        assertThat(sent.key()).isEqualTo("thread_pier");
        assertThat(header(sent, "ce_type")).isEqualTo("function.called");
        assertThat(header(sent, "ce_source")).isEqualTo("/projects/proj");
        assertThat(header(sent, "ce_id")).isEqualTo(calls.ids().getFirst());
        assertThat(Json.read(sent.value(), JsonNode.class).toString())
                .isEqualTo(
                        ("{\"id\":\"%s\",\"tool_call_id\":\"call_t\",\"name\":\"tides\","
                                        + "\"arguments\":{\"day\":1},\"run_id\":\"run_ferry\","
                                        + "\"thread_id\":\"thread_pier\","
                                        + "\"assistant_id\":\"asst_ferry\","
                                        + "\"expires_at\":1700000030}")
                                .formatted(calls.ids().getFirst()));
    }

    @Test
    void aCallWaitsNoLongerThanItsRunLives() {
        hand(to("tides", true), NOW.getEpochSecond() + 5);
        assertThat(
                        Json.read(kafka.history().getFirst().value(), JsonNode.class)
                                .path("expires_at")
                                .asLong())
                .isEqualTo(NOW.getEpochSecond() + 5);
    }

    @Test
    void aSecondDeliveryIsTheSameCall() {
        hand(to("tides", true));
        hand(to("tides", true));
        assertThat(kafka.history())
                .extracting(r -> header(r, "ce_id"))
                .hasSize(2)
                .containsOnly(calls.ids().getFirst());
    }

    @Test
    void aSecondDeliveryOfWhatMustNotBeRepeatedFailsTheRun() {
        hand(to("tides", false));
        assertThat(hand(to("tides", false))).isInstanceOf(ToolOutput.Failed.class);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void aTopicThatThereIsNotTakesNoCall() {
        assertThat(hand(to("run.requested", true)))
                .isEqualTo(new ToolOutput.Text("There is nobody here who executes the function."));
        assertThat(kafka.history()).isEmpty();
    }
}
