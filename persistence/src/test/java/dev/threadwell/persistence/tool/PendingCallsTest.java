package dev.threadwell.persistence.tool;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.tool.PendingCalls.Begun;
import dev.threadwell.run.Ids;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call begins only once, and is found by its id until it is closed. */
@Tag("server")
class PendingCallsTest {

    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final PendingCalls calls = new PendingCalls(Stores.POOL);

    private static ToolRequested call() {
        return new ToolRequested(
                Stores.PROJECT,
                Ids.thread(),
                Ids.run(),
                Ids.step(),
                "call_0",
                ToolKind.FUNCTION,
                null,
                "tides",
                "{}",
                4_000_000_000L);
    }

    private Begun begin(ToolRequested call, boolean awaited, Instant deadline) {
        return await(calls.begin(call, awaited, deadline));
    }

    @Test
    void aCallBeginsOnce() {
        ToolRequested call = call();
        Begun first = begin(call, true, LATER);
        Begun second = begin(call, true, LATER);
        assertThat(first.first()).isTrue();
        assertThat(second.first()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void aCallThatBeginsInManyPlacesBeginsInOne() {
        ToolRequested call = call();
        List<Begun> begun =
                Stores.together(
                        Stream.generate(() -> calls.begin(call, true, LATER)).limit(8).toList());
        assertThat(begun).filteredOn(Begun::first).hasSize(1);
        assertThat(begun).extracting(Begun::id).containsOnly(begun.getFirst().id());
    }

    @Test
    void aCallOfAnotherStepIsAnotherThoughItsModelCountsFromZero() {
        assertThat(begin(call(), true, LATER).first()).isTrue();
        assertThat(begin(call(), true, LATER).first()).isTrue();
    }

    @Test
    void whatCameOfACallIsKnownAtItsSecondBeginning() {
        ToolRequested call = call();
        ToolOutput output = new ToolOutput.Text("high");
        await(calls.answered(Stores.PROJECT, begin(call, false, LATER).id(), output));
        assertThat(begin(call, false, LATER).answer()).isEqualTo(output);
    }

    @Test
    void aCallThatWaitsIsFoundByItsId() {
        ToolRequested call = call();
        PendingCall found = await(calls.awaited(begin(call, true, LATER).id()));
        assertThat(found.answered(new ToolOutput.Text("")).runId()).isEqualTo(call.runId());
    }

    @Test
    void aCallThatNobodyElseAnswersIsNotFoundByItsId() {
        assertThat(await(calls.awaited(begin(call(), false, LATER).id()))).isNull();
    }

    @Test
    void aClosedCallIsGone() {
        String id = begin(call(), true, LATER).id();
        await(calls.close(id));
        assertThat(await(calls.awaited(id))).isNull();
    }

    @Test
    void onlyWhatIsOverdueIsGivenUp() {
        String over = begin(call(), true, LONG_AGO).id();
        String open = begin(call(), true, LATER).id();
        String ours = begin(call(), false, LONG_AGO).id();
        assertThat(await(calls.overdue(1_000)))
                .extracting(PendingCall::id)
                .contains(over)
                .doesNotContain(open, ours);
    }

    @Test
    void whatIsLongOverIsSwept() {
        String over = begin(call(), false, LONG_AGO).id();
        String open = begin(call(), false, LATER).id();
        await(calls.sweep(1_000));
        assertThat(query("select id from tool_calls where id in ($1, $2)", over, open))
                .extracting(row -> row.getString(0))
                .containsExactly(open);
    }
}
