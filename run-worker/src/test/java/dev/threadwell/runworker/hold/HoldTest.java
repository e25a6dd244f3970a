package dev.threadwell.runworker.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A run in the hands of a worker: what is saved and shown, in which order, whatever happens. */
class HoldTest {

    private static final String DELTA = "thread.message.delta";
    private static final ModelEvent HELLO = new ModelEvent.Text("Hello");
    private static final ModelEvent CALL = new ModelEvent.Call(0, "call_w", "weather", "{}");
    private static final ModelEvent COST = new ModelEvent.Spent(Samples.SPENT);

    private World world = new World(Samples.run(Samples.function("weather")));

    @AfterEach
    void close() {
        world.close();
    }

    private static ModelEvent finished(String reason) {
        return new ModelEvent.Finished(reason);
    }

    private RunStatus status() {
        return world.runs.row().run().status();
    }

    private void assertLetGoOnce() {
        world.untilLetGo();
        assertThat(world.timesLetGo()).isEqualTo(1);
    }

    @Nested
    class TheEnd {

        @Test
        void ofAnAnswerIsShownWhenItIsSaved() {
            world.asked().says(HELLO, finished("stop"), COST);
            CompletableFuture<Void> gate = world.runs.gate();
            world.stops();
            assertThat(world.shown()).last().isEqualTo(DELTA);

            gate.complete(null);

            assertLetGoOnce();
            assertThat(world.shown())
                    .containsExactly(
                            "thread.run.in_progress",
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            DELTA,
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.completed");
            assertThat(status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(world.runs.row().run().usage()).isEqualTo(Samples.SPENT);
        }

        @Test
        void ofCallsOfFunctionsLeavesTheStepOpen() {
            world.asked().says(CALL, finished("tool_calls"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.shownAfter("thread.run.step.delta"))
                    .containsExactly("thread.run.requires_action");
            assertThat(world.runs.steps)
                    .singleElement()
                    .satisfies(s -> assertThat(s.open()).isTrue());
        }

        @Test
        void ofCallsWithTextBehindThemSavesAndShowsTheTextFirst() {
            world.asked().says(CALL, HELLO, finished("tool_calls"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.shownAfter("thread.run.step.delta"))
                    .containsExactly(
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            DELTA,
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.requires_action");
            assertThat(world.runs.messages).hasSize(1);
            assertThat(world.runs.steps).extracting(s -> s.open()).containsExactly(true, false);
        }

        @Test
        void ofCallsKeepsWhatTheirProviderWantsBackAndShowsItToNobody() {
            world.asked()
                    .says(
                            CALL,
                            new ModelEvent.ProviderFields(Map.of("reasoning_content", "Hm.")),
                            finished("tool_calls"));
            world.stops();

            assertLetGoOnce();
            assertThat(Json.compact(world.runs.steps.getFirst().step())).contains("Hm.");
            world.runs.steps.forEach(
                    step ->
                            assertThat(Json.compact(world.runs.row().shown(step.step())))
                                    .doesNotContain("Hm.")
                                    .doesNotContain("provider_fields"));
        }

        @Test
        void ofCallsOfBuiltInToolsAsksForThem() {
            world.close();
            world = new World(Samples.run(new Tool.CodeInterpreter()));
            world.asked()
                    .says(
                            new ModelEvent.Call(0, "call_c", "code_interpreter", "1 + 1"),
                            finished("tool_calls"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.runs.requests)
                    .singleElement()
                    .satisfies(
                            fact -> {
                                assertThat(fact.topic()).isEqualTo(Topics.TOOL_REQUESTED);
                                assertThat(fact.payload())
                                        .contains(
                                                "\"call_id\":\"call_c\"",
                                                "\"arguments\":\"{\\\"code\\\":\\\"1 + 1\\\"}\"");
                            });
            assertThat(status()).isEqualTo(RunStatus.IN_PROGRESS);
        }

        @Test
        void ofAFailureComesMessageFirst() {
            world.asked().says(HELLO, finished("content_filter"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.failed",
                            "thread.run.failed");
        }

        @Test
        void ofARunWithoutTokensLeftComesBeforeTheModelIsAsked() {
            world.close();
            world = new World(Samples.with(Samples.run(), "{\"max_prompt_tokens\": 1}"));

            world.begin(world.fresh());

            assertLetGoOnce();
            assertThat(world.shown())
                    .containsExactly("thread.run.in_progress", "thread.run.incomplete");
            assertThat(world.model.listener).isNull();
            assertThat(world.runs.row().run().incompleteDetails())
                    .isEqualTo(new dev.threadwell.run.Run.IncompleteDetails("max_prompt_tokens"));
        }

        @Test
        void atALimitIsAnIncompleteRun() {
            world.asked().says(HELLO, finished("length"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.completed",
                            "thread.run.incomplete");
        }

        @Test
        void ofARunThatNobodyStreamsIsNotShown() {
            world.close();
            world = new World(Samples.run(), null);
            world.asked().says(HELLO, finished("stop"));
            world.stops();

            assertLetGoOnce();
            assertThat(world.shown()).isEmpty();
            assertThat(status()).isEqualTo(RunStatus.COMPLETED);
        }

        @Test
        void ofARunThatAnotherWorkerHasTakenIsNotShown() {
            world.asked().says(HELLO, finished("stop"));
            world.runs.claimElsewhere();
            world.stops();

            assertLetGoOnce();
            assertThat(world.shown()).last().isEqualTo(DELTA);
        }
    }

    @Nested
    class AMessageBeforeCalls {

        @Test
        void isSavedBeforeItsEndIsShown() {
            world.asked().says(HELLO);
            CompletableFuture<Void> gate = world.runs.gate();
            world.says(CALL, finished("tool_calls"));
            world.stops();
            assertThat(world.shown()).last().isEqualTo(DELTA);

            gate.complete(null);

            assertLetGoOnce();
            assertThat(world.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.run.step.delta",
                            "thread.run.step.delta",
                            "thread.run.requires_action");
        }

        @Test
        void standsWhenTheRunIsCancelledWhileItIsSaved() {
            world.asked().says(HELLO);
            CompletableFuture<Void> gate = world.runs.gate();
            world.says(CALL);
            world.runs.moveTo(RunStatus.CANCELLING);
            world.hold.stop();

            gate.complete(null);

            assertLetGoOnce();
            assertThat(world.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.run.step.delta",
                            "thread.run.step.delta",
                            "thread.run.cancelling",
                            "thread.run.step.cancelled",
                            "thread.run.cancelled");
            assertThat(world.runs.messages).hasSize(1);
            assertThat(world.model.aborted).isTrue();
        }

        @Test
        void standsWhenTheRunExpiresWhileItIsSavedAndTheModelIsDone() {
            world.asked().says(HELLO);
            CompletableFuture<Void> gate = world.runs.gate();
            world.says(CALL, finished("tool_calls"));
            world.stops();
            world.runs.moveTo(RunStatus.EXPIRED);

            gate.complete(null);

            assertLetGoOnce();
            assertThat(world.shownAfter("thread.run.step.delta"))
                    .containsExactly("thread.run.step.expired", "thread.run.expired");
            assertThat(world.runs.messages).hasSize(1);
        }
    }

    @Nested
    class Trouble {

        @Test
        void withTheModelClientFailsTheRun() {
            world.model.broken = true;

            world.begin(world.fresh());

            assertLetGoOnce();
            assertThat(world.shown())
                    .containsExactly("thread.run.in_progress", "thread.run.failed");
        }

        @Test
        void thatPassesIsWaitedOut() {
            world.asked().says(HELLO, finished("stop"), COST);
            world.runs.fail(new DisconnectException());
            world.runs.fail(new DisconnectException());

            world.stops();

            assertLetGoOnce();
            assertThat(world.shown()).last().isEqualTo("thread.run.completed");
        }

        @Test
        void withTheLastWriteFailsTheRunAndCountsItsTokensOnce() {
            world.asked().says(HELLO, finished("stop"), COST);
            world.runs.fail(new IllegalStateException("refused"));

            world.stops();

            assertLetGoOnce();
            assertThat(world.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.failed",
                            "thread.run.failed");
            assertThat(world.runs.row().run().usage()).isEqualTo(Samples.SPENT);
        }

        @Test
        void withWhatWasSaidFailsTheRunWithoutIt() {
            world.asked().says(HELLO, finished("stop"));
            world.runs.fail(new IllegalStateException("refused"));
            world.runs.fail(new IllegalStateException("refused"));

            world.stops();

            assertLetGoOnce();
            assertThat(world.shown()).last().isEqualTo("thread.run.failed");
            assertThat(world.runs.messages).isEmpty();
        }

        @Test
        void thatDoesNotEndGivesThePlaceBackAllTheSame() {
            world.asked().says(HELLO, finished("stop"));
            for (int i = 0; i < 3; i++) {
                world.runs.fail(new IllegalStateException("refused"));
            }

            world.stops();

            assertLetGoOnce();
        }
    }
}
