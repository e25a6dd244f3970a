package dev.threadwell.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What cannot be read is put aside, and what is around it is read. */
class FactReaderTest {

    private static final String THREAD = "thread_1";
    private static final Run RUN = Samples.queued(THREAD);
    private static final RunRequested REQUEST =
            new RunRequested("proj", RUN, 1, 0, null, Usage.NONE, false);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    private List<RunRequested> read(@Nullable String... values) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        for (String value : values) {
            batch.add(
                    new ConsumerRecord<>(
                            Topics.RUN_REQUESTED,
                            0,
                            batch.size(),
                            THREAD,
                            value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
        }
        return new FactReader<>(new FactProducer(kafka), Topics.RUN_REQUESTED, RunRequested.class)
                .read(
                        new ConsumerRecords<>(
                                Map.of(new TopicPartition(Topics.RUN_REQUESTED, 0), batch),
                                Map.of()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    @Test
    void whatCanBeReadIsReadInItsOrder() {
        RunRequested second = new RunRequested("proj", RUN, 2, 0, 3, Usage.NONE, false);

        assertThat(read(Json.compact(REQUEST), Json.compact(second)))
                .containsExactly(REQUEST, second);
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPutAside() {
        assertThat(read("{", Json.compact(REQUEST), "null", "{}", null)).containsExactly(REQUEST);

        assertThat(kafka.history())
                .hasSize(4)
                .allSatisfy(
                        buried -> {
                            assertThat(buried.topic()).isEqualTo("run.requested.dead");
                            assertThat(buried.key()).isEqualTo(THREAD);
                        });
        assertThat(kafka.history())
                .extracting(buried -> new String(buried.value(), StandardCharsets.UTF_8))
                .containsExactly("{", "null", "{}", "");
    }
}
