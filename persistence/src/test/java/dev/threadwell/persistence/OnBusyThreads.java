package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore.Creation;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.RunEvent;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Base class of tests with runs that wait for their thread. */
abstract class OnBusyThreads {

    final Stores stores = new Stores();

    Uni<Creation> creation(RunRow row, BusyThread policy, Message... additional) {
        return stores.runs.create(row, List.of(additional), policy);
    }

    static RunRow rowOn(String threadId) {
        return RunRow.created(PROJECT, Samples.queued(threadId), null);
    }

    RunRow created(String threadId, BusyThread policy, Message... additional) {
        return ((Creation.Created) await(creation(rowOn(threadId), policy, additional))).row();
    }

    RunRow behind(RunRow other, Message... additional) {
        return created(other.run().threadId(), BusyThread.ENQUEUE, additional);
    }

    boolean isRequested(RunRow row) {
        return stores.published.of(row.run()).stream()
                .map(OutboxMessage::topic)
                .anyMatch(Topics.RUN_REQUESTED::equals);
    }

    RunRow claimed(RunRow row) {
        return stores.claimed(row, "w1");
    }

    void end(RunRow held) {
        await(
                stores.claimed.advance(
                        held,
                        new RunEvent.Completed(Samples.SPENT),
                        List.of(Samples.answer(held.run(), "At 22:40.")),
                        List.of()));
    }

    static void assertConsistent(String threadId) {
        assertThat(number("select waiting from threads where id = $1", threadId))
                .isEqualTo(
                        number(
                                "select count(*) from runs where thread_id = $1 and waiting",
                                threadId));
    }

    static boolean everySeqOnce(String thread) {
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
}
