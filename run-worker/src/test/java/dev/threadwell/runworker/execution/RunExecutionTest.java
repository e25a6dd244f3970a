package dev.threadwell.runworker.execution;

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

/** The execution of a run: what is saved and shown, in which order, and after which failures. */
class RunExecutionTest {

    private static final String DELTA = "thread.message.delta";
    private static final ModelEvent HELLO = new ModelEvent.Text("Hello");
    private static final ModelEvent CALL = new ModelEvent.Call(0, "call_w", "weather", "{}");
    private static final ModelEvent COST = new ModelEvent.Spent(Samples.SPENT);

    private ExecutionFixture fixture =
            new ExecutionFixture(Samples.run(Samples.function("weather")));

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ModelEvent finished(String reason) {
        return new ModelEvent.Finished(reason);
    }

    private RunStatus status() {
        return fixture.runs.row().run().status();
    }

    private void assertReleasedOnce() {
        fixture.untilReleased();
        assertThat(fixture.timesReleased()).isEqualTo(1);
    }

    @Nested
    class TheEnd {

        @Test
        void ofAnAnswerIsShownWhenItIsSaved() {
            fixture.asked().says(HELLO, finished("stop"), COST);
            CompletableFuture<Void> gate = fixture.runs.gate();
            fixture.stops();
            assertThat(fixture.shown()).last().isEqualTo(DELTA);

            gate.complete(null);

            assertReleasedOnce();
            assertThat(fixture.shown())
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
            assertThat(fixture.runs.row().run().usage()).isEqualTo(Samples.SPENT);
        }

        @Test
        void ofCallsOfFunctionsLeavesTheStepOpen() {
            fixture.asked().says(CALL, finished("tool_calls"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shownAfter("thread.run.step.delta"))
                    .containsExactly("thread.run.requires_action");
            assertThat(fixture.runs.steps)
                    .singleElement()
                    .satisfies(s -> assertThat(s.open()).isTrue());
        }

        @Test
        void ofCallsWithTextBehindThemSavesAndShowsTheTextFirst() {
            fixture.asked().says(CALL, HELLO, finished("tool_calls"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shownAfter("thread.run.step.delta"))
                    .containsExactly(
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            DELTA,
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.requires_action");
            assertThat(fixture.runs.messages).hasSize(1);
            assertThat(fixture.runs.steps).extracting(s -> s.open()).containsExactly(true, false);
        }

        @Test
        void ofCallsKeepsWhatTheirProviderWantsBackAndShowsItToNobody() {
            fixture.asked()
                    .says(
                            CALL,
                            new ModelEvent.ProviderFields(Map.of("reasoning_content", "Hm.")),
                            finished("tool_calls"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(Json.compact(fixture.runs.steps.getFirst().step())).contains("Hm.");
            fixture.runs.steps.forEach(
                    step ->
                            assertThat(Json.compact(fixture.runs.row().shown(step.step())))
                                    .doesNotContain("Hm.")
                                    .doesNotContain("provider_fields"));
        }

        @Test
        void ofCallsOfBuiltInToolsAsksForThem() {
            fixture.close();
            fixture = new ExecutionFixture(Samples.run(new Tool.CodeInterpreter()));
            fixture.asked()
                    .says(
                            new ModelEvent.Call(0, "call_c", "code_interpreter", "1 + 1"),
                            finished("tool_calls"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.runs.requests)
                    .singleElement()
                    .satisfies(
                            message -> {
                                assertThat(message.topic()).isEqualTo(Topics.TOOL_REQUESTED);
                                assertThat(message.payload())
                                        .contains(
                                                "\"call_id\":\"call_c\"",
                                                "\"arguments\":\"{\\\"code\\\":\\\"1 + 1\\\"}\"");
                            });
            assertThat(status()).isEqualTo(RunStatus.IN_PROGRESS);
        }

        @Test
        void ofAFailureComesMessageFirst() {
            fixture.asked().says(HELLO, finished("content_filter"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.failed",
                            "thread.run.failed");
        }

        @Test
        void ofARunWithoutTokensLeftComesBeforeTheModelIsAsked() {
            fixture.close();
            fixture =
                    new ExecutionFixture(Samples.with(Samples.run(), "{\"max_prompt_tokens\": 1}"));

            fixture.start(fixture.fresh());

            assertReleasedOnce();
            assertThat(fixture.shown())
                    .containsExactly("thread.run.in_progress", "thread.run.incomplete");
            assertThat(fixture.model.listener).isNull();
            assertThat(fixture.runs.row().run().incompleteDetails())
                    .isEqualTo(new dev.threadwell.run.Run.IncompleteDetails("max_prompt_tokens"));
        }

        @Test
        void atALimitIsAnIncompleteRun() {
            fixture.asked().says(HELLO, finished("length"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.completed",
                            "thread.run.incomplete");
        }

        @Test
        void ofARunThatNobodyStreamsIsNotShown() {
            fixture.close();
            fixture = new ExecutionFixture(Samples.run(), null);
            fixture.asked().says(HELLO, finished("stop"));
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shown()).isEmpty();
            assertThat(status()).isEqualTo(RunStatus.COMPLETED);
        }

        @Test
        void ofARunThatAnotherWorkerHasTakenIsNotShown() {
            fixture.asked().says(HELLO, finished("stop"));
            fixture.runs.claimElsewhere();
            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shown()).last().isEqualTo(DELTA);
        }
    }

    @Nested
    class AMessageBeforeCalls {

        @Test
        void isSavedBeforeItsEndIsShown() {
            fixture.asked().says(HELLO);
            CompletableFuture<Void> gate = fixture.runs.gate();
            fixture.says(CALL, finished("tool_calls"));
            fixture.stops();
            assertThat(fixture.shown()).last().isEqualTo(DELTA);

            gate.complete(null);

            assertReleasedOnce();
            assertThat(fixture.shownAfter(DELTA))
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
            fixture.asked().says(HELLO);
            CompletableFuture<Void> gate = fixture.runs.gate();
            fixture.says(CALL);
            fixture.runs.moveTo(RunStatus.CANCELLING);
            fixture.stop();

            gate.complete(null);

            assertReleasedOnce();
            assertThat(fixture.shownAfter(DELTA))
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
            assertThat(fixture.runs.messages).hasSize(1);
            assertThat(fixture.model.aborted).isTrue();
        }

        @Test
        void standsWhenTheRunExpiresWhileItIsSavedAndTheModelIsDone() {
            fixture.asked().says(HELLO);
            CompletableFuture<Void> gate = fixture.runs.gate();
            fixture.says(CALL, finished("tool_calls"));
            fixture.stops();
            fixture.runs.moveTo(RunStatus.EXPIRED);

            gate.complete(null);

            assertReleasedOnce();
            assertThat(fixture.shownAfter("thread.run.step.delta"))
                    .containsExactly("thread.run.step.expired", "thread.run.expired");
            assertThat(fixture.runs.messages).hasSize(1);
        }
    }

    @Nested
    class Trouble {

        @Test
        void withTheModelClientFailsTheRun() {
            fixture.model.broken = true;

            fixture.start(fixture.fresh());

            assertReleasedOnce();
            assertThat(fixture.shown())
                    .containsExactly("thread.run.in_progress", "thread.run.failed");
        }

        @Test
        void thatPassesIsWaitedOut() {
            fixture.asked().says(HELLO, finished("stop"), COST);
            fixture.runs.fail(new DisconnectException());
            fixture.runs.fail(new DisconnectException());

            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shown()).last().isEqualTo("thread.run.completed");
        }

        @Test
        void withTheLastWriteFailsTheRunAndCountsItsTokensOnce() {
            fixture.asked().says(HELLO, finished("stop"), COST);
            fixture.runs.fail(new IllegalStateException("refused"));

            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shownAfter(DELTA))
                    .containsExactly(
                            "thread.message.incomplete",
                            "thread.run.step.failed",
                            "thread.run.failed");
            assertThat(fixture.runs.row().run().usage()).isEqualTo(Samples.SPENT);
        }

        @Test
        void withWhatWasSaidFailsTheRunWithoutIt() {
            fixture.asked().says(HELLO, finished("stop"));
            fixture.runs.fail(new IllegalStateException("refused"));
            fixture.runs.fail(new IllegalStateException("refused"));

            fixture.stops();

            assertReleasedOnce();
            assertThat(fixture.shown()).last().isEqualTo("thread.run.failed");
            assertThat(fixture.runs.messages).isEmpty();
        }

        @Test
        void thatDoesNotEndGivesThePlaceBackAllTheSame() {
            fixture.asked().says(HELLO, finished("stop"));
            for (int i = 0; i < 3; i++) {
                fixture.runs.fail(new IllegalStateException("refused"));
            }

            fixture.stops();

            assertReleasedOnce();
        }
    }
}
