package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.BusyInstallation.Read;
import dev.threadwell.persistence.backlog.BacklogStore;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.project.IdempotencyKeys;
import dev.threadwell.persistence.retention.RetentionStore;
import dev.threadwell.persistence.run.CancelRun;
import dev.threadwell.persistence.run.RunFileAccess;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.persistence.thread.ConversationStore.Reach;
import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.RunRequested;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No statement that is executed for each run, each request or each second reads more than it needs,
 * with 100,000 active runs and plans that were made when the tables were empty.
 */
@Tag("server")
class HotStatementsTest {

    private static final BusyInstallation BUSY = new BusyInstallation();
    private static final Stores STORES = BUSY.stores;
    private static final BacklogStore BACKLOG = new BacklogStore(BUSY.pool);
    private static final RetentionStore RETENTION = new RetentionStore(BUSY.pool);
    private static final IdempotencyKeys KEYS = new IdempotencyKeys(BUSY.pool);
    private static final PendingCalls CALLS = new PendingCalls(BUSY.pool);
    private static final RunFileAccess FILES = new RunFileAccess(BUSY.pool);
    private static final ListQuery PAGE = new ListQuery(20, false, null, null);

    /**
     * A statement with its transaction, or a few that follow each other.
     *
     * @param rows the most rows and entries of indexes that it may read
     * @param begin prepares what it works on, and returns what is measured
     */
    private record Hot(String name, long rows, Supplier<Uni<?>> begin) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void planBeforeTheTablesAreFilled() {
        statements().forEach(hot -> await(hot.begin().get()));
        BUSY.fill();
    }

    @AfterAll
    static void remove() {
        BUSY.remove();
    }

    static Stream<Hot> statements() {
        List<Hot> hot = new ArrayList<>();
        hot.add(new Hot("a run is created", 30, HotStatementsTest::created));
        hot.add(new Hot("a run is created with its thread", 30, HotStatementsTest::withThread));
        hot.add(new Hot("a run is created behind others", 30, HotStatementsTest::behindOthers));
        hot.add(new Hot("what a creation depends on", 30, HotStatementsTest::prepared));
        hot.add(new Hot("a run is claimed", 30, HotStatementsTest::claimed));
        hot.add(new Hot("twenty runs are claimed", 300, HotStatementsTest::twentyClaimed));
        hot.add(new Hot("a run ends", 30, HotStatementsTest::ends));
        hot.add(new Hot("a run ends on which another waits", 40, HotStatementsTest::handsOn));
        hot.add(new Hot("a run goes on", 30, HotStatementsTest::noted));
        hot.add(new Hot("a run is cancelled", 50, HotStatementsTest::cancelled));
        hot.add(new Hot("a run is polled", 5, HotStatementsTest::polled));
        hot.add(new Hot("a run's row is read", 5, HotStatementsTest::row));
        hot.add(new Hot("a page of runs", 60, HotStatementsTest::pageOfRuns));
        hot.add(new Hot("a page of messages", 60, HotStatementsTest::pageOfMessages));
        hot.add(new Hot("a page of messages after another", 60, HotStatementsTest::nextPage));
        hot.add(new Hot("a page of steps", 60, HotStatementsTest::pageOfSteps));
        hot.add(new Hot("a page of threads", 60, HotStatementsTest::pageOfThreads));
        hot.add(new Hot("a prompt of a long thread", 300, HotStatementsTest::prompt));
        hot.add(new Hot("a message is added", 30, HotStatementsTest::messageAdded));
        hot.add(new Hot("a heartbeat", 120, HotStatementsTest::heartbeat));
        hot.add(new Hot("what a worker holds", 60, HotStatementsTest::held));
        hot.add(new Hot("nobody is dead", 300, HotStatementsTest::orphans));
        hot.add(new Hot("a worker is dead", 1_000, HotStatementsTest::orphansOfADeadWorker));
        hot.add(new Hot("no run is overdue", 5, HotStatementsTest::overdue));
        hot.add(new Hot("no run waits for its end", 5, HotStatementsTest::unclaimed));
        hot.add(new Hot("a run waits for its end", 60, HotStatementsTest::cancelledUnclaimed));
        hot.add(new Hot("the dead are forgotten", 500, HotStatementsTest::forgotten));
        hot.add(new Hot("who sweeps", 10, HotStatementsTest::sweeper));
        hot.add(new Hot("what was left in the outbox", 600, HotStatementsTest::leftBehind));
        hot.add(new Hot("what was published is removed", 20, HotStatementsTest::removed));
        hot.add(new Hot("the backlog", 41_000, () -> BACKLOG.read()));
        hot.add(new Hot("a page of retention", 800, HotStatementsTest::retention));
        hot.add(new Hot("an idempotency key", 10, HotStatementsTest::key));
        hot.add(new Hot("old idempotency keys", 10, () -> KEYS.sweep(Duration.ofDays(1), 100)));
        hot.add(new Hot("overdue calls", 10, () -> CALLS.overdue(100)));
        hot.add(new Hot("files that are being indexed", 100, HotStatementsTest::beingIndexed));
        hot.add(new Hot("a thread is deleted", 100, HotStatementsTest::deleted));
        return hot.stream();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aStatementReadsNoMoreThanItNeeds(Hot hot) {
        Uni<?> measured = hot.begin().get();
        Map<String, Read> before = BUSY.read();

        await(measured);

        Map<String, Read> read = new TreeMap<>();
        BUSY.read()
                .forEach(
                        (table, now) -> {
                            Read since = now.since(before.get(table));
                            if (since.rows() > 0) {
                                read.put(table, since);
                            }
                        });
        assertThat(read.values().stream().mapToLong(Read::rows).sum())
                .as("rows read by: %s, namely %s", hot, read)
                .isLessThanOrEqualTo(hot.rows());
        assertThat(read.values().stream().mapToLong(Read::blocks).sum())
                .as("blocks read by: %s, namely %s", hot, read)
                .isLessThanOrEqualTo(150 + 10 * hot.rows());
    }

    private static RunRow newRun(String threadId) {
        return RunRow.created(Stores.PROJECT, Samples.queued(threadId), null);
    }

    private static Uni<?> created() {
        ThreadObject thread = STORES.thread();
        RunRow row = newRun(thread.id());
        return STORES.runs.create(row, List.of(BUSY.question(thread.id())), BusyThread.REJECT);
    }

    private static Uni<?> withThread() {
        ThreadObject thread = Samples.thread();
        return STORES.runs.createWithThread(
                newRun(thread.id()), thread, List.of(BUSY.question(thread.id())));
    }

    private static Uni<?> behindOthers() {
        String thread = STORES.queued().run().threadId();
        return STORES.runs.create(
                newRun(thread), List.of(BUSY.question(thread)), BusyThread.ENQUEUE);
    }

    private static Uni<?> prepared() {
        return STORES.runs.prepare(Stores.PROJECT, BUSY.longThread, "asst_clerk");
    }

    private static Uni<?> claimed() {
        RunRequested request = STORES.published.request(STORES.queued().run());
        return STORES.claimed.claim(List.of(request), "w");
    }

    private static Uni<?> twentyClaimed() {
        List<RunRequested> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(STORES.published.request(STORES.queued().run()));
        }
        return STORES.claimed.claim(requests, "w");
    }

    private static Uni<?> ends() {
        return end(STORES.claimedBy("w"));
    }

    private static Uni<?> end(RunRow held) {
        Message answer = Samples.answer(held.run(), "At 22:40.");
        RunStep step =
                RunStep.begun(
                                Ids.step(),
                                held.run(),
                                new StepDetails.MessageCreation(
                                        new StepDetails.Created(answer.id())),
                                Samples.NOW.getEpochSecond())
                        .completed(Samples.NOW.getEpochSecond(), Samples.SPENT);
        return STORES.claimed.advance(
                held,
                new RunEvent.Completed(Samples.SPENT),
                List.of(answer),
                List.of(new StepWithUsage(step, Samples.SPENT)));
    }

    private static Uni<?> handsOn() {
        await(
                BUSY.pool
                        .preparedQuery(
                                "update runs set status = 'cancelled', ended_at = now(), worker ="
                                        + " null, waiting = false"
                                        + " where thread_id = $1 and ended_at is null")
                        .execute(Tuple.of(BUSY.longThread)));
        RunRow held = STORES.claimed(STORES.queuedOn(BUSY.longThread), "w");
        await(
                STORES.runs.create(
                        newRun(BUSY.longThread),
                        List.of(BUSY.question(BUSY.longThread)),
                        BusyThread.ENQUEUE));
        return end(held);
    }

    private static Uni<?> noted() {
        return STORES.claimed.note(STORES.claimedBy("w"), List.of(), List.of());
    }

    private static Uni<?> cancelled() {
        return STORES.runs.apply(STORES.claimedBy("w").key(), new CancelRun());
    }

    private static Uni<?> polled() {
        return STORES.runs.find(new RunKey(Stores.PROJECT, BUSY.longThread, "run_l77"));
    }

    private static Uni<?> row() {
        return STORES.runs.row(STORES.queued().key());
    }

    private static Uni<?> pageOfRuns() {
        return STORES.runs.list(Stores.PROJECT, BUSY.longThread, PAGE);
    }

    private static Uni<?> pageOfMessages() {
        return STORES.messages.list(Stores.PROJECT, BUSY.longThread, PAGE);
    }

    /** There is no such message yet when the statement is planned. */
    private static Uni<?> nextPage() {
        return STORES.messages
                .list(Stores.PROJECT, BUSY.longThread, new ListQuery(20, false, "msg_l77", null))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<?> pageOfSteps() {
        return STORES.steps
                .list(new RunKey(Stores.PROJECT, BUSY.longThread, "run_l77"), PAGE)
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<?> pageOfThreads() {
        return STORES.threads.list(Stores.PROJECT, PAGE).onFailure().recoverWithNull();
    }

    private static Uni<?> prompt() {
        return STORES.conversation.newest(BUSY.longThread, new Reach(100, Long.MAX_VALUE, true));
    }

    private static Uni<?> messageAdded() {
        String thread = STORES.thread().id();
        return STORES.messages.add(Stores.PROJECT, BUSY.question(thread));
    }

    private static Uni<?> heartbeat() {
        return STORES.leases.beat("rw-1", Duration.ofDays(1));
    }

    private static Uni<?> held() {
        STORES.claimedBy("holder");
        return STORES.leases.heldBy("holder");
    }

    private static void allWorkersLive() {
        for (String worker : List.of("w", "holder")) {
            await(STORES.leases.beat(worker, Duration.ofDays(1)));
        }
    }

    private static Uni<?> orphans() {
        allWorkersLive();
        return STORES.leases.releaseOrphans(_ -> {});
    }

    private static Uni<?> orphansOfADeadWorker() {
        allWorkersLive();
        String dead = "dead-" + Ids.run();
        for (int i = 0; i < 5; i++) {
            STORES.claimedBy(dead);
        }
        await(STORES.leases.beat(dead, Duration.ofMillis(-1)));
        return STORES.leases.releaseOrphans(_ -> {});
    }

    private static Uni<?> overdue() {
        return STORES.leases.expireOverdue(_ -> {});
    }

    private static Uni<?> unclaimed() {
        await(STORES.leases.stopUnclaimed(_ -> {}));
        return STORES.leases.stopUnclaimed(_ -> {});
    }

    private static Uni<?> cancelledUnclaimed() {
        await(STORES.leases.stopUnclaimed(_ -> {}));
        await(STORES.runs.apply(STORES.queued().key(), new CancelRun()));
        return STORES.leases.stopUnclaimed(_ -> {});
    }

    private static Uni<?> forgotten() {
        return STORES.leases.forgetGoneWorkers();
    }

    private static Uni<?> sweeper() {
        return STORES.leases.sweeping("w", Duration.ofSeconds(3)).held();
    }

    private static Uni<?> leftBehind() {
        return STORES.outbox.shardsLeftBehind();
    }

    private static Uni<?> removed() {
        await(STORES.outbox.removePublished());
        OutboxMessage message = OutboxMessage.of("run.announced", "thread_1", Map.of());
        Long[] ids =
                await(
                        BUSY.pool.withConnection(
                                c ->
                                        dev.threadwell.platform.outbox.Outbox.save(
                                                c, List.of(message))));
        STORES.outbox.committed(ids, List.of(message));
        return STORES.outbox.removePublished();
    }

    private static Uni<?> retention() {
        return RETENTION.threads(Stores.PROJECT, Duration.ofDays(30), 0, 100);
    }

    private static Uni<?> key() {
        return KEYS.claim(Stores.PROJECT, Ids.run(), Buffer.buffer("x"), null);
    }

    private static Uni<?> beingIndexed() {
        return FILES.beingIndexed(Set.of(STORES.queued().run().id(), STORES.queued().run().id()));
    }

    private static Uni<?> deleted() {
        return STORES.deletion.delete(Stores.PROJECT, STORES.queued().run().threadId());
    }
}
