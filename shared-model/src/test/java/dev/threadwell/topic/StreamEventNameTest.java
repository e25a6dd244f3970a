package dev.threadwell.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunStatus;
import dev.threadwell.run.StepStatus;
import dev.threadwell.thread.MessageStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The event names match the contract, and each has one definition of what it ends. */
class StreamEventNameTest {

    private static final List<String> SERVICES =
            List.of("shared-model", "api-service", "run-worker");

    private static List<StreamEventName> those(Predicate<StreamEventName> wanted) {
        return Arrays.stream(StreamEventName.values()).filter(wanted).toList();
    }

    @Test
    void everyNameIsFoundByWhatTheWireCallsIt() {
        assertThat(StreamEventName.values())
                .allSatisfy(name -> assertThat(StreamEventName.find(name.wire())).isEqualTo(name));
        assertThat(StreamEventName.find("thread.run.reticulated")).isNull();
        assertThat(StreamEventName.find(StreamEvent.FENCE)).isNull();
    }

    @Test
    void theNamesAreThoseOfTheContract() {
        assertThat(those(name -> true))
                .extracting(StreamEventName::wire)
                .containsExactly(
                        "thread.created",
                        "thread.run.created",
                        "thread.run.queued",
                        "thread.run.in_progress",
                        "thread.run.requires_action",
                        "thread.run.cancelling",
                        "thread.run.cancelled",
                        "thread.run.failed",
                        "thread.run.completed",
                        "thread.run.incomplete",
                        "thread.run.expired",
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.run.step.delta",
                        "thread.run.step.completed",
                        "thread.run.step.failed",
                        "thread.run.step.cancelled",
                        "thread.run.step.expired",
                        "thread.message.created",
                        "thread.message.in_progress",
                        "thread.message.delta",
                        "thread.message.completed",
                        "thread.message.incomplete",
                        "error",
                        "done");
    }

    @Test
    void aStatusHasTheEventOfItsName() {
        for (RunStatus status : RunStatus.values()) {
            assertThat(StreamEventName.of(status).wire()).isEqualTo("thread.run." + status.wire());
            assertThat(StreamEventName.of(status).endsStream()).isEqualTo(status.endsStream());
            assertThat(StreamEventName.of(status).showsRun()).isTrue();
        }
        for (StepStatus status : StepStatus.values()) {
            assertThat(StreamEventName.of(status).wire())
                    .isEqualTo("thread.run.step." + status.name().toLowerCase(Locale.ROOT));
            assertThat(StreamEventName.of(status).endsStep())
                    .isEqualTo(status != StepStatus.IN_PROGRESS);
        }
        for (MessageStatus status : MessageStatus.values()) {
            assertThat(StreamEventName.of(status).wire())
                    .isEqualTo("thread.message." + status.name().toLowerCase(Locale.ROOT));
            assertThat(StreamEventName.of(status).endsMessage())
                    .isEqualTo(status != MessageStatus.IN_PROGRESS);
        }
    }

    @Test
    void nothingElseEndsAnything() {
        assertThat(those(StreamEventName::endsStream))
                .hasSize(7)
                .contains(StreamEventName.ERROR, StreamEventName.RUN_REQUIRES_ACTION);
        assertThat(those(StreamEventName::endsStep)).hasSize(4);
        assertThat(those(StreamEventName::endsMessage)).hasSize(2);
        assertThat(StreamEventName.endsStream("thread.run.reticulated")).isFalse();
    }

    @Test
    void noServiceSpellsANameItself() {
        assertThat(SERVICES.stream().flatMap(StreamEventNameTest::lines))
                .hasSizeGreaterThan(10_000)
                .filteredOn(line -> line.contains("\"thread."))
                .as("the values of \"object\" alone, where their types are")
                .allMatch(line -> line.contains("public static final String OBJECT ="));
    }

    private static Stream<String> lines(String service) {
        Path sources = Path.of("..", service, "src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(StreamEventNameTest::linesOf)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
