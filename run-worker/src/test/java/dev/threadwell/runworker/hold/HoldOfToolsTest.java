package dev.threadwell.runworker.hold;

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

/** A run whose tools are out, or are about to be. */
class HoldOfToolsTest {

    private World world = new World(Samples.run(Samples.function("weather")));

    @AfterEach
    void close() {
        world.close();
    }

    private RunStatus status() {
        return world.runs.row().run().status();
    }

    private void assertLetGoOnce() {
        world.untilLetGo();
        assertThat(world.timesLetGo()).isEqualTo(1);
    }

    @Nested
    class FilesThatAreBeingIndexed {

        @BeforeEach
        void search() {
            world.close();
            world = new World(Samples.run(Samples.fileSearch()));
            world.indexing = true;
            world.begin(world.fresh());
        }

        @Test
        void areAwaitedBeforeTheModelIsAsked() {
            World.until(() -> world.looks.get() > 2);
            assertThat(world.model.listener).isNull();

            world.indexing = false;

            world.untilAsked();
            world.says(new ModelEvent.Text("Hello"), new ModelEvent.Finished("stop"));
            world.stops();
            assertLetGoOnce();
            assertThat(status()).isEqualTo(RunStatus.COMPLETED);
        }

        @Test
        void areAwaitedNoLongerWhenTheRunIsCancelled() {
            world.runs.moveTo(RunStatus.CANCELLING);

            world.hold.stop();

            assertLetGoOnce();
            assertThat(status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(world.model.listener).isNull();
        }
    }

    @Test
    void aRunWhoseToolsHaveAnsweredShowsThatFirst() {
        RunStep step = Samples.calling(Samples.run(), "step_1").completed(Samples.NOW, Usage.NONE);

        world.begin(new Beginning.ToolsAnswered(step, "call_1"));

        world.untilAsked();
        assertThat(world.shown()).containsExactly("thread.run.step.completed");
    }

    @Test
    void whatCodePutOutIsShownBeforeItsStepEnds() {
        world.begin(
                new Beginning.ToolsAnswered(
                        Samples.calling(Samples.run(), "step_1", Samples.drawn("call_1"))
                                .completed(Samples.NOW, Usage.NONE),
                        "call_1"));

        world.untilAsked();
        assertThat(world.shown())
                .containsExactly(
                        "thread.run.step.delta",
                        "thread.run.step.delta",
                        "thread.run.step.completed");
        assertThat(world.lastData()).contains("file-chart").doesNotContain("my tides.csv");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFileSearchFoundIsShownWithItsContentIfTheRunWantsIt(boolean wanted) {
        world.close();
        world = new World(Samples.run(), 0, wanted);
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

        world.begin(new Beginning.ToolsAnswered(step, "call_1"));

        world.untilAsked();
        assertThat(world.lastData()).contains("\"file_id\":\"file-1\"");
        assertThat(world.lastData().contains("blue")).isEqualTo(wanted);
    }
}
