package dev.threadwell.runworker.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.kafka.RunStreamReader;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.PartialTurn;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.PublicJson;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Reading a run's stream after a takeover, and the memory for it. */
class KafkaStreamHistoryTest {

    private static final int MEBIBYTE = 1 << 20;

    private final LongStream stream = new LongStream();
    private final KafkaStreamHistory replay =
            new KafkaStreamHistory(new RunStreamReader(() -> stream, LongStream.PATIENCE));

    @Test
    void aLongStreamTakesNoMoreMemoryThanTheMessageThatIsOpenAtItsEnd() {
        PartialTurn left = replay.read(0, Samples.RUN, Samples.NOW, stream.end());

        assertThat(stream.bytes).isGreaterThan(64L * MEBIBYTE);
        assertThat(stream.mostInMemory).isLessThan(8L * MEBIBYTE);
        assertThat(left.endedMessage(Samples.NOW))
                .extracting(Message::content)
                .isEqualTo(List.of(MessageContent.Text.of("Low")));
    }

    @Test
    void whatLiesBehindTheFenceDoesNotCount() {
        PartialTurn left = replay.read(0, Samples.RUN, Samples.NOW, stream.end() - 3);

        assertThat(left.step()).isNull();
        assertThat(left.message()).isNull();
    }

    /**
     * 64 messages of a mebibyte each and one that is open, which are created when they are read.
     */
    private static final class LongStream extends MockConsumer<String, byte[]> {

        private static final Duration PATIENCE = Duration.ofMinutes(5);
        private static final int MESSAGES = 64;
        private static final int DELTAS = 16;
        private static final int RECORDS = DELTAS + 4;
        private static final int POLLS_PER_COLLECTION = 8;
        private static final TopicPartition PARTITION = new TopicPartition(Topics.RUN_STREAM, 0);

        private final Run run = Samples.run();
        private final byte[] step = PublicJson.of(Samples.writing(run, "step_1", "msg_1")).bytes();
        private final byte[] message = PublicJson.of(Samples.begun(run, "msg_1")).bytes();
        private final String words = "x".repeat(MEBIBYTE / DELTAS);
        private final List<WeakReference<byte[]>> values = new ArrayList<>();
        private long next;
        private int polls;
        private long bytes;
        private long mostInMemory;

        LongStream() {
            super("earliest");
        }

        long end() {
            return (long) MESSAGES * RECORDS + 3;
        }

        private ConsumerRecord<String, byte[]> record(long offset) {
            int place = (int) (offset % RECORDS);
            boolean open = offset >= (long) MESSAGES * RECORDS;
            return switch (place) {
                case 0 -> record(offset, StreamEventName.STEP_CREATED, step);
                case 1 -> record(offset, StreamEventName.MESSAGE_CREATED, message);
                case RECORDS - 2 -> record(offset, StreamEventName.MESSAGE_COMPLETED, message);
                case RECORDS - 1 -> record(offset, StreamEventName.STEP_COMPLETED, step);
                default ->
                        record(
                                offset,
                                StreamEventName.MESSAGE_DELTA,
                                remembered(delta(open ? "Low" : words)));
            };
        }

        private static byte[] delta(String text) {
            return """
            {"delta":{"content":[{"index":0,"type":"text","text":{"value":"%s"}}]}}"""
                    .formatted(text)
                    .getBytes(StandardCharsets.UTF_8);
        }

        private byte[] remembered(byte[] value) {
            values.add(new WeakReference<>(value));
            bytes += value.length;
            return value;
        }

        private static ConsumerRecord<String, byte[]> record(
                long offset, StreamEventName name, byte[] value) {
            var headers = new RecordHeaders();
            headers.add(StreamEvent.NAME_HEADER, name.wire().getBytes(StandardCharsets.UTF_8));
            headers.add(StreamEvent.EPOCH_HEADER, "1".getBytes(StandardCharsets.UTF_8));
            return new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    offset,
                    Samples.NOW * 1000,
                    TimestampType.CREATE_TIME,
                    0,
                    value.length,
                    Samples.RUN,
                    value,
                    headers,
                    Optional.empty());
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            if (++polls % POLLS_PER_COLLECTION == 0) {
                weigh();
            }
            List<ConsumerRecord<String, byte[]>> some = new ArrayList<>();
            for (int i = 0; i < RECORDS && next < end(); i++) {
                some.add(record(next++));
            }
            return new ConsumerRecords<>(Map.of(PARTITION, some), Map.of());
        }

        private void weigh() {
            System.gc();
            long inMemory = 0;
            for (WeakReference<byte[]> value : values) {
                byte[] kept = value.get();
                inMemory += kept == null ? 0 : kept.length;
            }
            mostInMemory = Math.max(mostInMemory, inMemory);
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {}

        @Override
        public synchronized long position(TopicPartition partition) {
            return next;
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            next = offset;
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            return Map.of(PARTITION, end());
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            return Map.of(PARTITION, new OffsetAndTimestamp(0, Samples.NOW * 1000));
        }
    }
}
