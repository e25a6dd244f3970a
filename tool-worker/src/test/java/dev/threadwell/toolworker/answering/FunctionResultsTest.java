package dev.threadwell.toolworker.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CallsInMemory;
import dev.threadwell.topic.FunctionAnswered;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An answer of another service reaches the run that waits for it, once and from anywhere. */
class FunctionResultsTest {

    private static final ToolRequested CALL =
            new ToolRequested(
                    "proj",
                    "thread_pier",
                    "run_ferry",
                    "step_1",
                    "call_t",
                    ToolKind.FUNCTION,
                    new Tool.Function(
                            new Tool.Definition("tides", null, Map.of(), false),
                            new Binding(null, "tides", 30, true, null)),
                    "tides",
                    "{}",
                    4_000_000_000L);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CallsInMemory calls = new CallsInMemory();
    private final FunctionResults answers =
            new FunctionResults(calls, new OutboxProducer(kafka), 1_000);

    private String handed(Instant deadline) {
        return calls.begin(CALL, true, deadline).await().indefinitely().id();
    }

    private String handed() {
        return handed(Instant.MAX);
    }

    private void answer(String id, @Nullable Object output, @Nullable String error) {
        answers.take(new FunctionAnswered(id, output, error)).await().indefinitely();
    }

    private List<String> sent() {
        return kafka.history().stream()
                .filter(r -> r.topic().equals(Topics.TOOL_ANSWERED))
                .map(r -> Json.read(r.value(), ToolAnswered.class))
                .map(a -> ((ToolOutput.Text) a.output()).output())
                .toList();
    }

    @Test
    void anAnswerGoesToTheCallThatItNames() {
        answer(handed(), "high", null);
        ToolAnswered sent = Json.read(kafka.history().getFirst().value(), ToolAnswered.class);
        assertThat(kafka.history().getFirst().key()).isEqualTo("thread_pier");
        assertThat(sent)
                .isEqualTo(
                        new ToolAnswered(
                                "proj",
                                "thread_pier",
                                "run_ferry",
                                "step_1",
                                "call_t",
                                new ToolOutput.Text("high")));
    }

    @Test
    void anAnswerThatIsNoTextIsItsJson() {
        answer(handed(), Json.read("{\"metres\":2.40}", JsonNode.class), null);
        assertThat(sent()).containsExactly("{\"metres\":2.40}");
    }

    @Test
    void aFailureIsToldToTheModel() {
        answer(handed(), null, "no such harbour");
        assertThat(sent()).containsExactly("The function failed: no such harbour");
    }

    @Test
    void aRepeatedAnswerChangesNothing() {
        String id = handed();
        answer(id, "high", null);
        answer(id, "low", null);
        assertThat(sent()).containsExactly("high");
    }

    @Test
    void anAnswerToNoCallChangesNothing() {
        answer("fcall_invented", "high", null);
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotTaken() {
        answer(handed(), "x".repeat(1_001), null);
        assertThat(sent()).containsExactly("The function answered with more than 1000 bytes.");
    }

    @Test
    void aCallThatNobodyAnswersIsGivenUp() {
        handed(Instant.EPOCH);
        assertThat(answers.giveUp(10).await().indefinitely()).isEqualTo(1);
        assertThat(sent()).containsExactly("The function did not answer in time.");
        assertThat(calls.ids()).isEmpty();
    }

    @Test
    void aCallThatStillHasTimeIsLeftAlone() {
        handed();
        assertThat(answers.giveUp(10).await().indefinitely()).isZero();
    }
}
