package dev.threadwell.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.platform.kafka.RunStreamReader.Found;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the events of a run, with any difference between the clocks of its writers. */
class RunStreamReaderTest {

    private static final String RUN = "run_read";
    private static final String OTHER = "run_other";
    private static final long CREATED = 1_700_000_000L;
    private static final byte[] EMPTY = {};

    private final WrittenStream stream = new WrittenStream(100);
    private final RunStreamReader reader = new RunStreamReader(() -> stream, Duration.ofMinutes(1));

    private void wrote(long timeMs, String run, String name) {
        stream.add(timeMs, run, name, EMPTY);
    }

    private static List<String> names(Found found) {
        assertThat(found).isInstanceOf(Found.Events.class);
        return ((Found.Events) found)
                .records().stream().map(record -> record.event().name()).toList();
    }

    /**
     * For any clock difference up to 5 s, any moment of the second, and any other records on the
     * partition.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noEventIsMissedWhenTheWritersClockIsUpToFiveSecondsOff(long seed) {
        Random random = new Random(seed);
        for (int skew = 0; skew <= 5_000; skew += 1 + random.nextInt(100)) {
            for (int sign : new int[] {-1, 1}) {
                WrittenStream written = new WrittenStream(random.nextInt(10));
                List<String> expected = written(written, sign * skew, random);
                RunStreamReader skewed = new RunStreamReader(() -> written, Duration.ofMinutes(1));
                assertThat(names(skewed.since(RUN, CREATED, 0, written.end())))
                        .as("seed %d, skew %d ms", seed, sign * skew)
                        .isEqualTo(expected);
            }
        }
    }

    /**
     * The events of a run that was created at some moment of its second, among those of other runs.
     */
    private static List<String> written(WrittenStream stream, int skewMs, Random random) {
        long now = CREATED * 1000 - 60_000;
        List<String> expected = new ArrayList<>();
        int before = random.nextInt(20);
        for (int i = 0; i < before; i++) {
            stream.add(now, OTHER, "before", EMPTY);
            now += random.nextInt(3_000);
        }
        long time = CREATED * 1000 + random.nextInt(1_000);
        int events = 1 + random.nextInt(10);
        for (int i = 0; i < events; i++) {
            expected.add("event" + i);
            stream.add(time + skewMs, RUN, "event" + i, EMPTY);
            stream.add(time, OTHER, "between", EMPTY);
            time += random.nextInt(500);
        }
        return expected;
    }

    @Test
    void aRunWithoutEventsHasNone() {
        wrote(CREATED * 1000 - 60_000, OTHER, "before");
        assertThat(names(reader.since(RUN, CREATED, 0, stream.end()))).isEmpty();
    }

    @Test
    void whatLiesBehindTheOffsetIsNotRead() {
        wrote(CREATED * 1000, RUN, "one");
        long until = stream.end();
        wrote(CREATED * 1000, RUN, "two");
        assertThat(names(reader.since(RUN, CREATED, 0, until))).containsExactly("one");
        assertThat(names(reader.from(RUN, 0, 100, until))).containsExactly("one");
    }

    @Test
    void readingEndsWithThePartitionWhereverItIsToldTo() {
        wrote(CREATED * 1000, RUN, "one");
        assertThat(names(reader.since(RUN, CREATED, 0, Long.MAX_VALUE))).containsExactly("one");
    }

    @Test
    void whatKafkaHasDeletedIsGone() {
        wrote(CREATED * 1000, RUN, "one");
        assertThat(reader.from(RUN, 0, 99, stream.end())).isInstanceOf(Found.Gone.class);
    }

    @Test
    void aRecordWithoutTheHeadersOfAnEventIsNone() {
        stream.add(CREATED * 1000, RUN, EMPTY, new RecordHeaders());
        var noEpoch = new RecordHeaders();
        noEpoch.add("event", "one".getBytes(StandardCharsets.UTF_8));
        stream.add(CREATED * 1000, RUN, EMPTY, noEpoch);
        wrote(CREATED * 1000, RUN, "two");
        assertThat(names(reader.since(RUN, CREATED, 0, stream.end()))).containsExactly("two");
    }

    @Test
    void passingEventsAreNotReadBack() {
        var headers = new RecordHeaders();
        headers.add("event", "delta".getBytes(StandardCharsets.UTF_8));
        headers.add("epoch", "-1".getBytes(StandardCharsets.UTF_8));
        headers.add("index", "0".getBytes(StandardCharsets.UTF_8));
        wrote(CREATED * 1000, RUN, "one");
        stream.add(
                CREATED * 1000, RUN, new byte[(int) RunStreamReader.MAX_KEPT_BYTES + 1], headers);
        wrote(CREATED * 1000, RUN, "two");

        assertThat(names(reader.since(RUN, CREATED, 0, stream.end())))
                .containsExactly("one", "two");
    }

    @Test
    void moreThanMayBeKeptIsNotKeptButSeen() {
        byte[] large = new byte[(int) (RunStreamReader.MAX_KEPT_BYTES / 4)];
        for (int i = 0; i < 4; i++) {
            stream.add(CREATED * 1000, RUN, "delta", large);
        }
        assertThat(names(reader.since(RUN, CREATED, 0, stream.end()))).hasSize(4);
        wrote(CREATED * 1000, RUN, "free");
        stream.add(CREATED * 1000, RUN, "delta", new byte[1]);
        assertThat(reader.since(RUN, CREATED, 0, stream.end())).isInstanceOf(Found.TooMany.class);
        assertThat(reader.from(RUN, 0, 100, stream.end())).isInstanceOf(Found.TooMany.class);
        List<String> seen = new ArrayList<>();
        reader.eachSince(RUN, CREATED, 0, stream.end(), found -> seen.add(found.event().name()));
        assertThat(seen).hasSize(6);
    }

    @Test
    void readingThatTakesTooLongFails() {
        wrote(CREATED * 1000, RUN, "one");
        RunStreamReader hasty = new RunStreamReader(() -> stream, Duration.ZERO);
        assertThatThrownBy(() -> hasty.since(RUN, CREATED, 0, stream.end()))
                .isInstanceOf(TimeoutException.class);
    }
}
