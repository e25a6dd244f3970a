package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.query;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.run.CancelRun;
import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.RunEvent;
import dev.threadwell.topic.RunRequested;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Concurrent operations of all kinds on a few threads cause no deadlock and keep the invariants.
 */
@Tag("server")
class StormTest {

    private static final int ROUNDS = 40;

    private final Stores stores = new Stores();
    private final Random random = new Random(7);

    @Test
    void creationsClaimsEndsCancelsAndDeletionsNeverDeadlock() {
        List<String> threads = Stream.generate(() -> stores.thread().id()).limit(6).toList();
        for (int round = 0; round < ROUNDS; round++) {
            List<Uni<?>> wishes = new ArrayList<>();
            for (String thread : threads) {
                wishes.add(creation(thread, BusyThread.REJECT));
                wishes.add(creation(thread, BusyThread.REJECT));
                wishes.add(creation(thread, BusyThread.ENQUEUE));
                if (random.nextInt(8) == 0) {
                    wishes.add(creation(thread, BusyThread.INTERRUPT));
                }
                wishes.add(stores.messages.add(PROJECT, Samples.question(thread, "Now?")));
            }
            wishes.add(claimAndEnd("w1"));
            wishes.add(claimAndEnd("w2"));
            wishes.addAll(cancels());
            wishes.add(stores.leases.releaseOrphans(_ -> {}));
            wishes.add(stores.leases.stopUnclaimed(_ -> {}));
            if (round == ROUNDS - 1) {
                wishes.add(stores.deletion.delete(PROJECT, threads.getFirst()));
            }
            Collections.shuffle(wishes, random);
            together(wishes.stream().map(w -> w.replaceWith(true)).toList());
        }
        assertThat(deadlocks()).isZero();
        assertThat(
                        query(
                                "select thread_id from runs where ended_at is null and not waiting group by 1 having count(*) > 1"))
                .isEmpty();
        assertThat(
                        query(
                                """
                                select id from threads t where id = any($1) and (
                                    waiting <> (select count(*) from runs where thread_id = t.id and waiting)
                                    or waiting > 0 and not exists (select 1 from runs
                                        where thread_id = t.id and ended_at is null and not waiting))
                                """,
                                (Object) threads.toArray(String[]::new)))
                .as("threads that lost count, or whose next was left waiting")
                .isEmpty();
        for (String thread : threads.subList(1, 6)) {
            assertThat(
                            number(
                                    "select count(*) from runs where thread_id = $1 and ended_at is not null",
                                    thread))
                    .isPositive();
            assertThat(everySeqOnce(thread)).isTrue();
        }
        assertThat(number("select count(*) from runs where thread_id = $1", threads.getFirst()))
                .isZero();
    }

    private Uni<?> creation(String thread, BusyThread policy) {
        return stores.runs.create(
                RunRow.created(PROJECT, Samples.queued(thread), null), List.of(), policy);
    }

    /** The newest requests in random order; many of them were claimed or overtaken long ago. */
    private List<RunRequested> requests(int number) {
        List<RunRequested> newest = new ArrayList<>(stores.published.requests(number));
        Collections.shuffle(newest, random);
        return newest;
    }

    private Uni<?> claimAndEnd(String worker) {
        return stores.claimed
                .claim(requests(12), worker)
                .chain(
                        claimed ->
                                Uni.join()
                                        .all(
                                                Stream.concat(
                                                                Stream.of(Uni.createFrom().item(0)),
                                                                claimed.stream().map(this::end))
                                                        .toList())
                                        .andFailFast());
    }

    private Uni<Integer> end(ClaimedRuns.Claimed claimed) {
        RunRow held = claimed.row();
        return stores.claimed
                .advance(
                        held,
                        new RunEvent.Completed(Samples.SPENT),
                        List.of(Samples.answer(held.run(), "At 22:40.")),
                        List.of())
                .replaceWith(1);
    }

    private List<Uni<?>> cancels() {
        List<Uni<?>> cancels = new ArrayList<>();
        for (RunRequested request : requests(3)) {
            cancels.add(stores.runs.apply(RunRow.of(request).key(), new CancelRun()));
        }
        return cancels;
    }

    private static boolean everySeqOnce(String thread) {
        return number(
                        """
                        select count(*) from (
                            select seq from messages where thread_id = $1
                            union all select seq from runs where thread_id = $1) as x
                        group by seq order by 1 desc limit 1
                        """,
                        thread)
                == 1;
    }

    private static long deadlocks() {
        await(Stores.POOL.query("select pg_stat_force_next_flush()").execute());
        return number("select deadlocks from pg_stat_database where datname = current_database()");
    }
}
