package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.CitationSources;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lifecycle of an execution; the table is its specification. */
class ExecutionLifecycleTest {

    /**
     * The transitions: the next state, {@code =} if it does not change, and the actions. Events
     * that the table omits are ignored.
     */
    private static final String TABLE =
            """
            states                               | events                             | next         | effects
            recovering                           | recovered                          | prompting    | prompt
            rec.stopping                         | recovered                          | prompting    | prompt recheck
            condemned con.stopping               | recovered                          | recorded     | fail+
            recovering rec.stopping              | rec.cancelling rec.expired         | ending       | abort partial
            condemned con.stopping               | rec.cancelling rec.expired         | ending       | abort partial
            recovering rec.stopping              | rec.failed                         | released     | abort release
            condemned con.stopping               | rec.failed                         | released     | abort release
            recovering                           | stop unchanged cancelling expired  | rec.stopping |
            recovering                           | completed gone                     | rec.stopping |
            condemned                            | stop unchanged cancelling expired  | con.stopping |
            condemned                            | completed gone                     | con.stopping |
            prompting                            | prompt                             | sampling     | sample
            prompting                            | nothingLeft                        | recorded     | conclude+
            prompting                            | noPrompt                           | recorded     | fail+
            prompting                            | asked                              | sampling     |
            prompting sampling                   | notAsked                           | prompting    | prompt
            prompting sampling                   | stop                               | =            | recheck
            prompting sampling                   | cancelling expired                 | ending       | abort partial
            prompting sampling                   | completed                          | released     | abort release
            prompting sampling                   | gone                               | released     | abort lost
            sampling                             | said                               | sampling     | show
            sampling                             | saidMessage                        | saving       | show save
            sampling                             | ended                              | recorded     | show conclude+
            sampling                             | endedMessage                       | sav.ended    | show save
            saving                               | ended endedMessage                 | sav.ended    |
            sav.stopping                         | ended endedMessage                 | sav.endStop  |
            saving                               | saved                              | sampling     | show
            sav.stopping                         | saved                              | sampling     | show recheck
            sav.ended sav.endStop                | saved                              | recorded     | show conclude+
            saving sav.stopping                  | saveOvertaken                      | sav.stopping | save
            sav.ended sav.endStop                | saveOvertaken                      | sav.endStop  | save
            saving                               | stop unchanged cancelling expired  | sav.stopping |
            saving                               | completed gone                     | sav.stopping |
            sav.ended                            | stop unchanged cancelling expired  | sav.endStop  |
            sav.ended                            | completed gone                     | sav.endStop  |
            ending recorded failing lastTry      | endSaved                           | released     | release
            ending recorded failing lastTry      | overtaken                          | =            | abort partial
            ending recorded failing lastTry      | overCompleted                      | released     | abort release
            ending recorded failing lastTry      | saveOvertaken                      | =            | save
            recovering rec.stopping              | lost                               | released     | abort lost
            condemned con.stopping               | lost                               | released     | abort lost
            saving sav.stopping                  | lost                               | released     | abort lost
            sav.ended sav.endStop                | lost                               | released     | abort lost
            ending recorded failing lastTry      | lost                               | released     | abort lost
            recovering rec.stopping              | broken                             | failing      | abort fail+
            condemned con.stopping               | broken                             | failing      | abort fail+
            prompting sampling saving            | broken                             | failing      | abort fail+
            sav.stopping sav.ended sav.endStop   | broken                             | failing      | abort fail+
            ending                               | broken                             | failing      | abort fail+
            recorded                             | broken                             | failing      | abort fail
            failing                              | broken                             | lastTry      | abort conclude
            lastTry                              | broken                             | released     | abort release
            """;

    private static final TurnOutput.Emit EVENT = emitted("first");
    private static final TurnOutput.Save MESSAGE =
            new TurnOutput.Save(
                    Samples.begun(Samples.run(), "msg_1"),
                    new StepWithUsage(
                            Samples.writing(Samples.run(), "step_1", "msg_1"), Usage.NONE));
    private static final TurnResult END =
            new TurnResult.Failed(null, null, RunError.server(), Samples.SPENT);
    private static final Backlog WAITING = Backlog.of(List.of(EVENT));

    private static final Map<String, ExecutionState> STATES = states();
    private static final Map<String, ExecutionEvent> EVENTS = events();

    private static Map<String, ExecutionState> states() {
        Map<String, ExecutionState> states = new LinkedHashMap<>();
        states.put("recovering", new ExecutionState.Recovering(null, false));
        states.put("rec.stopping", new ExecutionState.Recovering(null, true));
        states.put("condemned", new ExecutionState.Recovering(RunError.server(), false));
        states.put("con.stopping", new ExecutionState.Recovering(RunError.server(), true));
        states.put("prompting", new ExecutionState.Prompting());
        states.put("sampling", new ExecutionState.Sampling());
        states.put("saving", new ExecutionState.Saving(WAITING, false, null));
        states.put("sav.stopping", new ExecutionState.Saving(WAITING, true, null));
        states.put("sav.ended", new ExecutionState.Saving(WAITING, false, END));
        states.put("sav.endStop", new ExecutionState.Saving(WAITING, true, END));
        states.put("ending", new ExecutionState.Ending(false, 0));
        states.put("recorded", new ExecutionState.Ending(true, 0));
        states.put("failing", new ExecutionState.Ending(true, 1));
        states.put("lastTry", new ExecutionState.Ending(true, 2));
        states.put("released", new ExecutionState.Released());
        return states;
    }

    private static Map<String, ExecutionEvent> events() {
        Map<String, ExecutionEvent> events = new LinkedHashMap<>();
        events.put("recovered", new ExecutionEvent.Recovered(row(RunStatus.IN_PROGRESS)));
        events.put("rec.cancelling", new ExecutionEvent.Recovered(row(RunStatus.CANCELLING)));
        events.put("rec.expired", new ExecutionEvent.Recovered(row(RunStatus.EXPIRED)));
        events.put("rec.failed", new ExecutionEvent.Recovered(row(RunStatus.FAILED)));
        events.put(
                "prompt", assembled(new PromptResult.Request(new byte[0], CitationSources.NONE)));
        events.put("nothingLeft", assembled(new PromptResult.NothingLeft("max_prompt_tokens")));
        events.put("noPrompt", assembled(new PromptResult.Failed(RunError.server())));
        events.put("asked", new ExecutionEvent.ModelAsked());
        events.put("notAsked", new ExecutionEvent.ModelNotAsked());
        events.put("said", new ExecutionEvent.Said(List.of(EVENT)));
        events.put("saidMessage", new ExecutionEvent.Said(List.of(EVENT, MESSAGE, EVENT)));
        events.put("ended", new ExecutionEvent.ModelEnded(List.of(EVENT), END));
        events.put("endedMessage", new ExecutionEvent.ModelEnded(List.of(EVENT, MESSAGE), END));
        events.put("saved", new ExecutionEvent.MessageSaved());
        events.put("saveOvertaken", new ExecutionEvent.SaveOvertaken(MESSAGE));
        events.put("stop", new ExecutionEvent.StopRequested());
        events.put("unchanged", new ExecutionEvent.Rechecked(row(RunStatus.IN_PROGRESS)));
        events.put("cancelling", new ExecutionEvent.Rechecked(row(RunStatus.CANCELLING)));
        events.put("expired", new ExecutionEvent.Rechecked(row(RunStatus.EXPIRED)));
        events.put("completed", new ExecutionEvent.Rechecked(row(RunStatus.COMPLETED)));
        events.put("gone", new ExecutionEvent.Rechecked(null));
        events.put("endSaved", new ExecutionEvent.EndSaved());
        events.put("overtaken", new ExecutionEvent.Overtaken(row(RunStatus.CANCELLING)));
        events.put("overCompleted", new ExecutionEvent.Overtaken(row(RunStatus.COMPLETED)));
        events.put("lost", new ExecutionEvent.LeaseLost());
        events.put("broken", new ExecutionEvent.Broken());
        return events;
    }

    private static RunRow row(RunStatus status) {
        return new RunRow(
                "proj",
                Samples.in(Samples.run(), status),
                1,
                1,
                "rw-here",
                0,
                Usage.NONE,
                false,
                false,
                null);
    }

    private static ExecutionEvent assembled(PromptResult result) {
        return new ExecutionEvent.PromptAssembled(result);
    }

    private record Cell(String state, String event, String next, String effects) {

        Transition reached() {
            return ExecutionLifecycle.next(STATES.get(state), EVENTS.get(event));
        }
    }

    private static Map<String, Cell> table() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .flatMap(ExecutionLifecycleTest::cellsOf)
                .collect(Collectors.toMap(c -> c.state() + " " + c.event(), Function.identity()));
    }

    private static Stream<Cell> cellsOf(List<String> line) {
        return Arrays.stream(line.get(0).split(" +"))
                .flatMap(
                        state ->
                                Arrays.stream(line.get(1).split(" +"))
                                        .map(
                                                event ->
                                                        new Cell(
                                                                state,
                                                                event,
                                                                line.get(2).equals("=")
                                                                        ? state
                                                                        : line.get(2),
                                                                line.get(3))));
    }

    private static List<Cell> cells() {
        Map<String, Cell> table = table();
        return STATES.keySet().stream()
                .flatMap(state -> EVENTS.keySet().stream().map(e -> new Cell(state, e, state, "")))
                .map(cell -> table.getOrDefault(cell.state() + " " + cell.event(), cell))
                .toList();
    }

    /** A state without its pending items, which are compared separately. */
    private static ExecutionState bare(ExecutionState state) {
        return state instanceof ExecutionState.Saving(var _, var stop, var end)
                ? new ExecutionState.Saving(WAITING, stop, end)
                : state;
    }

    private static String word(ExecutionEffect effect) {
        return switch (effect) {
            case ExecutionEffect.ShowRun _ -> "run";
            case ExecutionEffect.ShowToolAnswer _ -> "answer";
            case ExecutionEffect.Recover _ -> "recover";
            case ExecutionEffect.AssemblePrompt _ -> "prompt";
            case ExecutionEffect.JoinSampling _ -> "join";
            case ExecutionEffect.Sample _ -> "sample";
            case ExecutionEffect.Show _ -> "show";
            case ExecutionEffect.Save _ -> "save";
            case ExecutionEffect.Recheck _ -> "recheck";
            case ExecutionEffect.AbortSampling _ -> "abort";
            case ExecutionEffect.Conclude(var _, var usage) -> usage ? "conclude+" : "conclude";
            case ExecutionEffect.Fail(var _, var usage) -> usage ? "fail+" : "fail";
            case ExecutionEffect.EndPartially _ -> "partial";
            case ExecutionEffect.Release(var lost) -> lost ? "lost" : "release";
        };
    }

    private static String words(Transition transition) {
        return transition.effects().stream()
                .map(ExecutionLifecycleTest::word)
                .collect(Collectors.joining(" "));
    }

    @TestFactory
    Stream<DynamicTest> everyEventMeetsEveryStateAsTheTableSays() {
        return cells().stream()
                .map(
                        cell ->
                                DynamicTest.dynamicTest(
                                        cell.event() + " meets " + cell.state(),
                                        () -> assertReached(cell)));
    }

    private static void assertReached(Cell cell) {
        Transition reached = cell.reached();
        assertThat(bare(reached.state())).isEqualTo(bare(STATES.get(cell.next())));
        assertThat(words(reached)).isEqualTo(cell.effects());
    }

    @Test
    void theTableKnowsEveryStateAndEveryEvent() {
        assertThat(classes(STATES))
                .isEqualTo(Set.of(ExecutionState.class.getPermittedSubclasses()));
        assertThat(classes(EVENTS))
                .isEqualTo(Set.of(ExecutionEvent.class.getPermittedSubclasses()));
        assertThat(table().values())
                .allSatisfy(
                        cell -> {
                            assertThat(STATES).containsKeys(cell.state(), cell.next());
                            assertThat(EVENTS).containsKey(cell.event());
                        });
    }

    private static Set<Class<?>> classes(Map<String, ?> samples) {
        return samples.values().stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aRunIsReleasedWithTheLastEffectAndOnlyThen(Cell cell) {
        List<ExecutionEffect> effects = cell.reached().effects();
        boolean ends =
                cell.reached().state() instanceof ExecutionState.Released
                        && !cell.state().equals("released");
        assertThat(effects.stream().filter(ExecutionEffect.Release.class::isInstance))
                .hasSize(ends ? 1 : 0);
        if (ends) {
            assertThat(effects.getLast()).isInstanceOf(ExecutionEffect.Release.class);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void tokensAreRecordedOnce(Cell cell) {
        boolean recorded =
                STATES.get(cell.state()) instanceof ExecutionState.Ending(var usage, _) && usage;
        boolean records = words(cell.reached()).contains("+");
        assertThat(recorded && records).isFalse();
        if (records) {
            assertThat(cell.reached().state())
                    .isInstanceOfSatisfying(
                            ExecutionState.Ending.class,
                            ending -> assertThat(ending.usageRecorded()).isTrue());
        }
    }

    @Test
    void whatTheModelSaysWhileAMessageIsSavedIsShownBehindItInItsOrder() {
        TurnOutput.Emit second = emitted("second");
        TurnOutput.Emit third = emitted("third");
        ExecutionState saving =
                ExecutionLifecycle.next(
                                new ExecutionState.Sampling(),
                                new ExecutionEvent.Said(List.of(MESSAGE, EVENT)))
                        .state();
        saving = ExecutionLifecycle.next(saving, new ExecutionEvent.Said(List.of(second))).state();
        saving = ExecutionLifecycle.next(saving, new ExecutionEvent.Said(List.of(third))).state();

        Transition saved = ExecutionLifecycle.next(saving, new ExecutionEvent.MessageSaved());

        assertThat(saved.state()).isEqualTo(new ExecutionState.Sampling());
        assertThat(saved.effects())
                .containsExactly(
                        new ExecutionEffect.Show(EVENT),
                        new ExecutionEffect.Show(second),
                        new ExecutionEffect.Show(third));
    }

    @Test
    void aSecondMessageIsSavedBeforeWhatFollowsItIsShown() {
        ExecutionState saving =
                new ExecutionState.Saving(Backlog.of(List.of(EVENT, MESSAGE, EVENT)), true, null);

        Transition saved = ExecutionLifecycle.next(saving, new ExecutionEvent.MessageSaved());

        assertThat(words(saved)).isEqualTo("show save");
        assertThat(saved.state())
                .isInstanceOfSatisfying(
                        ExecutionState.Saving.class,
                        next -> {
                            assertThat(next.stopRequested()).isTrue();
                            assertThat(next.backlog().all()).containsExactly(EVENT);
                        });
    }

    @Test
    void aTurnStartsAccordingToItsReason() {
        assertThat(started(new StartReason.TakenOver())).isEqualTo("recover");
        assertThat(started(StartReason.Condemned.brokenWorkers())).isEqualTo("recover");
        assertThat(started(StartReason.Condemned.tooLarge(true))).isEqualTo("run recover");
        assertThat(
                        started(
                                new StartReason.ToolsAnswered(
                                        Samples.calling(Samples.run(), "step_1"), "call_1")))
                .isEqualTo("answer prompt");
    }

    private static String started(StartReason reason) {
        return words(ExecutionLifecycle.start(reason));
    }

    /** An event with distinguishable data. */
    private static TurnOutput.Emit emitted(String data) {
        return new TurnOutput.Emit(StreamEventName.MESSAGE_DELTA, PublicJson.of(data));
    }
}
