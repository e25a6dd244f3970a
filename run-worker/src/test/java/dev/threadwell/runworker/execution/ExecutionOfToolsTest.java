package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that wait for tools, have just got their answers, or are about to call them. */
class ExecutionOfToolsTest {

    private ExecutionFixture fixture =
            new ExecutionFixture(Samples.run(Samples.function("weather")));

    @AfterEach
    void close() {
        fixture.close();
    }

    private RunStatus status() {
        return fixture.runs.row().run().status();
    }

    private void assertReleasedOnce() {
        fixture.untilReleased();
        assertThat(fixture.timesReleased()).isEqualTo(1);
    }

    @Nested
    class FilesThatAreBeingIndexed {

        @BeforeEach
        void search() {
            fixture.close();
            fixture = new ExecutionFixture(Samples.run(Samples.fileSearch()));
            fixture.files.indexing = true;
            fixture.start(fixture.fresh());
        }

        @Test
        void areAwaitedBeforeTheModelIsAsked() {
            ExecutionFixture.until(() -> fixture.files.indexingChecks.get() > 2);
            assertThat(fixture.model.listener).isNull();

            fixture.files.indexing = false;

            fixture.untilAsked();
            fixture.says(new ModelEvent.Text("Hello"), new ModelEvent.Finished("stop"));
            fixture.stops();
            assertReleasedOnce();
            assertThat(status()).isEqualTo(RunStatus.COMPLETED);
        }

        @Test
        void areAwaitedNoLongerWhenTheRunIsCancelled() {
            fixture.runs.moveTo(RunStatus.CANCELLING);

            fixture.stop();

            assertReleasedOnce();
            assertThat(status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(fixture.model.listener).isNull();
        }
    }

    @Test
    void aRunWhoseToolsHaveAnsweredShowsThatFirst() {
        RunStep step = Samples.calling(Samples.run(), "step_1").completed(Samples.NOW, Usage.NONE);

        fixture.start(new StartReason.ToolsAnswered(step, "call_1"));

        fixture.untilAsked();
        assertThat(fixture.shown()).containsExactly("thread.run.step.completed");
    }

    @Test
    void whatCodePutOutIsShownBeforeItsStepEnds() {
        fixture.start(
                new StartReason.ToolsAnswered(
                        Samples.calling(Samples.run(), "step_1", Samples.drawn("call_1"))
                                .completed(Samples.NOW, Usage.NONE),
                        "call_1"));

        fixture.untilAsked();
        assertThat(fixture.shown())
                .containsExactly(
                        "thread.run.step.delta",
                        "thread.run.step.delta",
                        "thread.run.step.completed");
        assertThat(fixture.lastData()).contains("file-chart").doesNotContain("my tides.csv");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFileSearchFoundIsShownWithItsContentIfTheRunWantsIt(boolean wanted) {
        fixture.close();
        fixture = new ExecutionFixture(Samples.run(), 0, wanted);
        Map<String, Object> result = Map.of("file_id", "file-1", "content", List.of("blue"));
        RunStep step =
                Samples.calling(
                                Samples.run(),
                                "step_1",
                                new StepDetails.FileSearchCall(
                                        "call_1",
                                        new StepDetails.Search(
                                                Map.of(), List.of(result), null, null, 4)))
                        .completed(Samples.NOW, Usage.NONE);

        fixture.start(new StartReason.ToolsAnswered(step, "call_1"));

        fixture.untilAsked();
        assertThat(fixture.lastData()).contains("\"file_id\":\"file-1\"");
        assertThat(fixture.lastData().contains("blue")).isEqualTo(wanted);
    }
}
