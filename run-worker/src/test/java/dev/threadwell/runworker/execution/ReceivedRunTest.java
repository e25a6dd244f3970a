package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any request can be read far enough to end its run, whatever its size. */
class ReceivedRunTest {

    private static final long MOST = 1 << 20;

    private static byte[] requested(Run run) {
        return Json.bytes(new RunRequested("proj", run, 1, 1, null, Usage.NONE, false, null));
    }

    @Test
    void aRunThatIsNotTooLargeIsReadInFull() {
        Run run = Samples.run().withTools(List.of(new Tool.CodeInterpreter()));

        ReceivedRun received =
                ReceivedRun.read(requested(run), Samples.CLOCK.instant(), MOST, null);

        assertThat(received.tooLarge()).isFalse();
        assertThat(received.request().run()).isEqualTo(run);
    }

    @Test
    void ofOneThatIsTooLargeOnlyWhatItTakesToEndItIsRead() {
        String schema = "[" + "[],".repeat(700_000) + "[]]";
        Run run = Samples.run();
        String json =
                new String(requested(run), StandardCharsets.UTF_8)
                        .replace(
                                "\"tools\":[]",
                                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":"
                                        + "\"f\",\"parameters\":{\"x\":"
                                        + schema
                                        + "}}}]");
        assertThat(json.length()).isGreaterThan(2_000_000);

        ReceivedRun received =
                ReceivedRun.read(
                        json.getBytes(StandardCharsets.UTF_8), Samples.CLOCK.instant(), MOST, null);

        assertThat(received.tooLarge()).isTrue();
        assertThat(received.request().run())
                .isEqualTo(
                        run.withTools(List.of())
                                .withToolResources(Map.of())
                                .withMetadata(Map.of()));
    }

    @Test
    void whatIsNoRunCannotBeReadWhateverItsSize() {
        byte[] list = ("[" + "[],".repeat(700_000) + "[]]").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ReceivedRun.read(list, Samples.CLOCK.instant(), MOST, null))
                .isInstanceOf(UncheckedIOException.class);
    }
}
