package dev.threadwell.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.run.RunEvent.CancelRequested;
import dev.threadwell.run.RunEvent.Completed;
import dev.threadwell.run.RunEvent.CutShort;
import dev.threadwell.run.RunEvent.DeadlinePassed;
import dev.threadwell.run.RunEvent.Failed;
import dev.threadwell.run.RunEvent.FunctionsCalled;
import dev.threadwell.run.RunEvent.MetadataChanged;
import dev.threadwell.run.RunEvent.Orphaned;
import dev.threadwell.run.RunEvent.OutputsSubmitted;
import dev.threadwell.run.RunEvent.Started;
import dev.threadwell.run.RunEvent.Stopped;
import dev.threadwell.run.RunEvent.ThreadDeleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The lifecycle of a run; the table is its specification. */
class RunLifecycleTest {

    /**
     * The transitions: the next status, {@code -} if the event is ignored, {@code !} if it is
     * refused.
     */
    private static final String TABLE =
            """
            from            | started     | called          | outputs | completed | cutShort   | failed | cancel     | waiting    | stopped   | early | deadline  | orphaned    | broken    | deleted   | metadata
            queued          | in_progress | -               | !       | -         | -          | -      | cancelling | cancelled  | -         | -     | expired   | -           | -         | cancelled | !
            in_progress     | -           | requires_action | !       | completed | incomplete | failed | cancelling | cancelling | -         | -     | expired   | in_progress | failed    | cancelled | !
            requires_action | -           | -               | queued  | -         | -          | -      | cancelling | cancelling | -         | -     | expired   | -           | -         | cancelled | !
            cancelling      | -           | -               | !       | completed | incomplete | failed | !          | !          | cancelled | -     | cancelled | cancelling  | cancelled | cancelled | !
            cancelled       | -           | -               | !       | -         | -          | -      | !          | !          | -         | -     | -         | -           | -         | -         | cancelled
            failed          | -           | -               | !       | -         | -          | -      | !          | !          | -         | -     | -         | -           | -         | -         | failed
            completed       | -           | -               | !       | -         | -          | -      | !          | !          | -         | -     | -         | -           | -         | -         | completed
            incomplete      | -           | -               | !       | -         | -          | -      | !          | !          | -         | -     | -         | -           | -         | -         | incomplete
            expired         | -           | -               | !       | -         | -          | -      | !          | !          | -         | -     | -         | -           | -         | -         | expired
            """;

    private static final Usage SPENT = Samples.SPENT;
    private static final Instant BEFORE_DEADLINE = Samples.NOW.plusSeconds(599);
    private static final Instant AT_DEADLINE = Samples.NOW.plusSeconds(600);
    private static final long MOMENT = BEFORE_DEADLINE.getEpochSecond();
    private static final Long EXPIRES = AT_DEADLINE.getEpochSecond();

    private record Happening(RunEvent event, Instant at) {}

    private static Happening happening(String column) {
        return switch (column) {
            case "started" -> soon(new Started());
            case "called" -> soon(new FunctionsCalled(List.of(Samples.call("call_a"))));
            case "outputs" -> soon(new OutputsSubmitted(List.of("call_b", "call_a")));
            case "completed" -> soon(new Completed(SPENT));
            case "cutShort" -> soon(new CutShort("max_prompt_tokens", SPENT));
            case "failed" -> soon(new Failed(RunError.server(), SPENT));
            case "cancel" -> soon(new CancelRequested(false));
            case "waiting" -> soon(new CancelRequested(true));
            case "stopped" -> soon(new Stopped(SPENT));
            case "early" -> soon(new DeadlinePassed(SPENT));
            case "deadline" -> new Happening(new DeadlinePassed(SPENT), AT_DEADLINE);
            case "orphaned" -> soon(new Orphaned(RunLifecycle.MOST_DEATHS, SPENT));
            case "broken" -> soon(new Orphaned(RunLifecycle.MOST_DEATHS + 1, SPENT));
            case "deleted" -> soon(new ThreadDeleted(SPENT));
            case "metadata" -> soon(new MetadataChanged(Map.of("tide", "low")));
            default -> throw new AssertionError("no such column: " + column);
        };
    }

    private static Happening soon(RunEvent event) {
        return new Happening(event, BEFORE_DEADLINE);
    }

    private record Cell(RunStatus from, String column, String expected) {

        Decision decided() {
            Happening happening = happening(column);
            return RunLifecycle.decide(Samples.run(from), happening.event(), happening.at());
        }
    }

    private static List<Cell> cells() {
        List<List<String>> rows =
                TABLE.lines()
                        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                        .toList();
        List<String> columns = rows.getFirst();
        List<Cell> cells = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            RunStatus from = status(row.getFirst());
            for (int i = 1; i < columns.size(); i++) {
                cells.add(new Cell(from, columns.get(i), row.get(i)));
            }
        }
        return cells;
    }

    private static RunStatus status(String wire) {
        return Arrays.stream(RunStatus.values())
                .filter(s -> s.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such status: " + wire));
    }

    private static String shown(Decision decision) {
        return switch (decision) {
            case Decision.Move move -> move.run().status().wire();
            case Decision.Ignore _ -> "-";
            case Decision.Refuse _ -> "!";
        };
    }

    @TestFactory
    Stream<DynamicTest> everyEventMeetsEveryStatusAsTheTableSays() {
        return cells().stream()
                .map(
                        cell ->
                                DynamicTest.dynamicTest(
                                        cell.column() + " meets " + cell.from().wire(),
                                        () ->
                                                assertThat(shown(cell.decided()))
                                                        .isEqualTo(cell.expected())));
    }

    @Test
    void theTableKnowsEveryStatusAndEveryEvent() {
        assertThat(cells().stream().map(Cell::from).distinct()).containsExactly(RunStatus.values());
        Set<Class<?>> known =
                cells().stream()
                        .map(c -> happening(c.column()).event().getClass())
                        .collect(Collectors.toSet());
        assertThat(known).isEqualTo(Set.of(RunEvent.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyChangeIsAnnounced(Cell cell) {
        if (cell.decided() instanceof Decision.Move move) {
            boolean changes = !cell.column().equals("orphaned");
            assertThat(move.effects().contains(Effect.ANNOUNCE)).isEqualTo(changes);
            assertThat(move.effects()).isNotEmpty().doesNotHaveDuplicates();
        } else {
            assertThat(cell.expected()).isIn("-", "!");
        }
    }

    /**
     * A repeated event moves the run at most once. Exceptions are metadata changes, which clients
     * may repeat, and lost workers, of which a run may have several; they do not change the status
     * again.
     */
    @ParameterizedTest
    @MethodSource("cells")
    void theSameEventTwiceMovesAtMostOnce(Cell cell) {
        if (!(cell.decided() instanceof Decision.Move first)) {
            return;
        }
        Happening again = happening(cell.column());
        Decision second = RunLifecycle.decide(first.run(), again.event(), again.at());
        if (again.event() instanceof MetadataChanged
                || again.event() instanceof Orphaned && first.run().status().isActive()) {
            assertThat(second).isEqualTo(first);
        } else {
            assertThat(second).isNotInstanceOf(Decision.Move.class);
        }
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void nothingLeavesAnEndedRunButWithOtherMetadata(RunStatus status) {
        List<RunStatus> reached =
                cells().stream()
                        .filter(c -> c.from() == status)
                        .map(Cell::decided)
                        .filter(Decision.Move.class::isInstance)
                        .map(d -> ((Decision.Move) d).run().status())
                        .toList();
        assertThat(reached.stream().allMatch(status::equals)).isEqualTo(!status.isActive());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aMoveChangesNothingButTheProgressAndTheMetadata(Cell cell) {
        if (cell.decided() instanceof Decision.Move move) {
            Run before = Samples.run(cell.from());
            Run undone = move.run().with(before.progress()).withMetadata(before.metadata());
            assertThat(undone).usingRecursiveComparison().ignoringFields("id").isEqualTo(before);
        }
    }

    @Test
    void onlyOutputsAndTheLossOfAWorkerAskForAWorkerAndOnlyACancelADeletionOrTheDeadlineStopsOne() {
        assertThat(columnsWith(Effect.REQUEST)).containsOnly("outputs", "orphaned");
        assertThat(columnsWith(Effect.STOP_WORK))
                .containsOnly("cancel", "waiting", "deleted", "deadline");
        assertThat(RunLifecycle.created(Samples.run(RunStatus.QUEUED)).effects())
                .containsExactly(Effect.ANNOUNCE, Effect.REQUEST);
    }

    private static List<String> columnsWith(Effect effect) {
        return cells().stream()
                .filter(c -> c.decided() instanceof Decision.Move m && m.effects().contains(effect))
                .map(Cell::column)
                .toList();
    }

    private static Run moved(RunStatus from, RunEvent event) {
        return ((Decision.Move) RunLifecycle.decide(Samples.run(from), event, BEFORE_DEADLINE))
                .run();
    }

    @Test
    void aRunThatHasBrokenItsWorkersSaysSo() {
        assertThat(moved(RunStatus.IN_PROGRESS, happening("broken").event()).lastError())
                .isEqualTo(
                        new RunError(
                                "server_error",
                                "The run was ended because 3 workers stopped working while they"
                                        + " processed it."));
    }

    @Test
    void aSecondStartOverwritesTheFirstOnesTime() {
        Run first = Samples.run(RunStatus.REQUIRES_ACTION);
        Run again = moved(RunStatus.REQUIRES_ACTION, happening("outputs").event());
        assertThat(again.startedAt()).isEqualTo(first.startedAt());
        var second = (Decision.Move) RunLifecycle.decide(again, new Started(), BEFORE_DEADLINE);
        assertThat(second.run().startedAt()).isEqualTo(MOMENT).isNotEqualTo(first.startedAt());
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "IN_PROGRESS", "REQUIRES_ACTION", "CANCELLING"})
    void whileARunIsActiveNothingMovesItsDeadline(RunStatus status) {
        cells().stream()
                .map(Cell::decided)
                .flatMap(d -> d instanceof Decision.Move move ? Stream.of(move.run()) : null)
                .filter(run -> run.status() == status)
                .forEach(
                        run -> {
                            assertThat(run.expiresAt()).isEqualTo(EXPIRES);
                            assertThat(run.usage()).isNull();
                            assertThat(run.requiredAction() != null)
                                    .isEqualTo(status == RunStatus.REQUIRES_ACTION);
                        });
    }

    @Test
    void aCompletedRunHasItsEndAndItsUsageAndNoDeadline() {
        Run run = moved(RunStatus.IN_PROGRESS, new Completed(SPENT));
        assertThat(run.progress())
                .isEqualTo(
                        new RunProgress(
                                RunStatus.COMPLETED,
                                Samples.NOW.getEpochSecond() + 1,
                                null,
                                null,
                                null,
                                MOMENT,
                                null,
                                null,
                                null,
                                SPENT));
    }

    @Test
    void anIncompleteRunHasCompletedAtAndTheReason() {
        Run run = moved(RunStatus.IN_PROGRESS, new CutShort("max_prompt_tokens", SPENT));
        assertThat(run.completedAt()).isEqualTo(MOMENT);
        assertThat(run.expiresAt()).isNull();
        assertThat(run.incompleteDetails())
                .isEqualTo(new Run.IncompleteDetails("max_prompt_tokens"));
        assertThat(run.usage()).isEqualTo(SPENT);
    }

    @Test
    void aFailedRunHasItsErrorAndNoCompletedAt() {
        Run run = moved(RunStatus.IN_PROGRESS, new Failed(RunError.server(), SPENT));
        assertThat(run.failedAt()).isEqualTo(MOMENT);
        assertThat(run.completedAt()).isNull();
        assertThat(run.expiresAt()).isNull();
        assertThat(run.lastError())
                .isEqualTo(new RunError("server_error", "Sorry, something went wrong."));
        assertThat(run.usage()).isEqualTo(SPENT);
    }

    @Test
    void aCancelledRunHasCancelledAtOnlyWhenItHasStopped() {
        assertThat(moved(RunStatus.IN_PROGRESS, new CancelRequested(false)).cancelledAt()).isNull();
        Run run = moved(RunStatus.CANCELLING, new Stopped(SPENT));
        assertThat(run.cancelledAt()).isEqualTo(MOMENT);
        assertThat(run.expiresAt()).isNull();
        assertThat(run.usage()).isEqualTo(SPENT);
    }

    @Test
    void aRunThatWaitsForItsThreadIsCancelledAtOnceAndNobodyIsStopped() {
        Decision decision =
                RunLifecycle.decide(
                        Samples.run(RunStatus.QUEUED), new CancelRequested(true), BEFORE_DEADLINE);
        Decision.Move move = (Decision.Move) decision;
        assertThat(move.effects()).containsExactly(Effect.ANNOUNCE);
        assertThat(move.run().cancelledAt()).isEqualTo(MOMENT);
        assertThat(move.run().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void aRunThatGoesWithItsThreadIsAnnouncedAsCancelledAndItsWorkerIsStopped() {
        Decision decision =
                RunLifecycle.decide(
                        Samples.run(RunStatus.IN_PROGRESS),
                        new ThreadDeleted(SPENT),
                        BEFORE_DEADLINE);
        Decision.Move move = (Decision.Move) decision;
        assertThat(move.effects()).containsExactly(Effect.ANNOUNCE, Effect.STOP_WORK);
        assertThat(move.run().usage()).isEqualTo(SPENT);
    }

    @Test
    void anExpiredRunHasNoTimeOfItsEnd() {
        Run queued = Samples.run(RunStatus.QUEUED);
        var move =
                (Decision.Move) RunLifecycle.decide(queued, new DeadlinePassed(SPENT), AT_DEADLINE);
        assertThat(move.run().progress())
                .isEqualTo(
                        new RunProgress(
                                RunStatus.EXPIRED,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                SPENT));
    }

    @Test
    void calledFunctionsAreWhatTheRunWaitsFor() {
        Run run = moved(RunStatus.IN_PROGRESS, happening("called").event());
        assertThat(run.requiredAction())
                .isEqualTo(RequiredAction.outputsOf(List.of(Samples.call("call_a"))));
    }
}
