package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.query;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.Samples;
import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.RunInsertStatement;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races between runs that wait for a thread and runs that begin or end on it. */
@Tag("server")
class BusyThreadRaceTest extends OnBusyThreads {

    @Test
    void anEndThatBeganBeforeTheNextRunWasQueuedStartsItAllTheSame() {
        for (int i = 0; i < 50; i++) {
            RunRow first = claimed(stores.queued());
            RunRow second = rowOn(first.run().threadId());
            together(
                    List.of(
                            creation(second, BusyThread.ENQUEUE).replaceWith(true),
                            stores.claimed
                                    .advance(
                                            first,
                                            new RunEvent.Completed(Samples.SPENT),
                                            List.of(),
                                            List.of())
                                    .replaceWith(true)));
            assertThat(isRequested(second)).isTrue();
            assertConsistent(first.run().threadId());
        }
    }

    @Test
    void anEndWhoseSnapshotIsOlderThanItsLockIsWrittenAgain() {
        RunRow first = claimed(stores.queued());
        RunRow second = rowOn(first.run().threadId());
        RunInsertStatement insert = RunInsertStatement.behindOthers(second, List.of(), Samples.NOW);
        var ended =
                await(
                        Stores.POOL.withTransaction(
                                c ->
                                        insert.statement()
                                                .execute(c)
                                                .map(
                                                        rows ->
                                                                stores.claimed
                                                                        .advance(
                                                                                first,
                                                                                new RunEvent
                                                                                        .Completed(
                                                                                        Samples
                                                                                                .SPENT),
                                                                                List.of(),
                                                                                List.of())
                                                                        .subscribeAsCompletionStage())
                                                .call(this::whenSomebodyWaitsForTheLock)));
        assertThat(ended.join()).isInstanceOf(ClaimedRuns.Advance.Moved.class);
        assertThat(isRequested(second)).isTrue();
    }

    private Uni<Boolean> whenSomebodyWaitsForTheLock() {
        return Stores.POOL
                .query(
                        "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .repeat()
                .whilst(waits -> !waits)
                .collect()
                .last();
    }

    @Test
    void manyAtOnceOnOneThreadAllRunOneAfterTheOther() {
        String thread = stores.thread().id();
        List<RunRow> rows = Stream.generate(() -> rowOn(thread)).limit(60).toList();
        List<Uni<Boolean>> wishes = new ArrayList<>();
        for (RunRow row : rows) {
            wishes.add(creation(row, BusyThread.ENQUEUE).replaceWith(true));
            wishes.add(work(thread));
        }
        together(wishes);
        for (int i = 0; i < rows.size(); i++) {
            await(work(thread));
        }
        assertThat(
                        number(
                                "select count(*) from runs where thread_id = $1 and status = 'completed'",
                                thread))
                .isEqualTo(60);
        assertThat(
                        query(
                                "select r.id from runs r join messages m on m.run_id = r.id where r.thread_id = $1 order by m.seq",
                                thread))
                .extracting(row -> row.getString(0))
                .isEqualTo(
                        query("select id from runs where thread_id = $1 order by seq", thread)
                                .stream()
                                .map(row -> row.getString(0))
                                .toList());
        assertThat(everySeqOnce(thread)).isTrue();
        assertConsistent(thread);
    }

    /**
     * Executes the active run of the thread from its newest request to its end, if there is one.
     */
    private Uni<Boolean> work(String thread) {
        List<RunRequested> requests =
                stores.published.requests(5_000).stream()
                        .filter(r -> r.run().threadId().equals(thread))
                        .toList();
        return requests.isEmpty()
                ? Uni.createFrom().item(true)
                : stores.claimed
                        .claim(List.of(requests.getLast()), "w1")
                        .invoke(claimed -> assertThat(claimed).hasSizeLessThanOrEqualTo(1))
                        .chain(
                                claimed ->
                                        claimed.isEmpty()
                                                ? Uni.createFrom().item(true)
                                                : complete(claimed.getFirst().row()));
    }

    private Uni<Boolean> complete(RunRow held) {
        return stores.claimed
                .advance(
                        held,
                        new RunEvent.Completed(Samples.SPENT),
                        List.of(Samples.answer(held.run(), "At 22:40.")),
                        List.of())
                .replaceWith(true);
    }

    @Test
    void aCountOfRunsThatAreNotThereKeepsNoRunFromItsEnd() {
        RunRow held = claimed(stores.queued());
        query("update threads set waiting = 3 where id = $1", held.run().threadId());
        end(held);
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void onlyAQueuedRunCanWait() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        assertThatThrownBy(
                        () ->
                                query(
                                        "update runs set status = 'in_progress' where id = $1",
                                        second.run().id()))
                .hasMessageContaining("waiting_is_queued");
    }

    @Test
    void theHeldMessagesAreKeptAsTheyAre() {
        RunRow first = claimed(stores.queued());
        String thread = first.run().threadId();
        Message odd = Samples.question(thread, "\u0000 \ud83d\udea2 \"quoted\"");
        behind(first, odd);
        end(first);
        assertThat(
                        query("select document::text from messages where id = $1", odd.id())
                                .getFirst()
                                .getString(0))
                .isEqualTo(Json.compact(odd));
    }
}
