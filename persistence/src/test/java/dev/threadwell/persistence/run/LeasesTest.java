package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.Stores;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.topic.RunCancelled;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs whose worker is dead or whose time is over, by the database's clock. */
@Tag("server")
class LeasesTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Stores stores = new Stores();
    private final String worker = "worker-" + Ids.run();

    private void leaseRunsOut() {
        query(
                "update workers set lease_until = now() - interval '1 millisecond' where id = $1",
                worker);
    }

    @Test
    void aRunWhoseWorkerIsAliveIsLeftAlone() {
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));
        await(stores.leases.releaseOrphans(_ -> {}));
        assertThat(stores.stored(held)).isEqualTo(held);
    }

    @Test
    void aRunWhoseWorkersLeaseRanOutIsRequestedAgainWithTheNextEpoch() {
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));
        leaseRunsOut();
        assertThat(await(stores.leases.releaseOrphans(_ -> {}))).isPositive();
        RunRow free = stores.stored(held);
        assertThat(free).isEqualTo(held.next(held.run(), null).released());
        assertThat(free.epoch()).isEqualTo(held.epoch() + 1);
        RunRequested request = stores.published.request(held.run());
        assertThat(request.version()).isEqualTo(free.version());
        var claimed = await(stores.claimed.claim(List.of(request), "w2")).getFirst();
        assertThat(claimed.was()).isEqualTo(RunStatus.IN_PROGRESS);
        assertThat(claimed.row()).isEqualTo(stores.stored(held));
    }

    @Test
    void aWorkerThatResignsLeavesItsRunsAtOnce() {
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));
        await(stores.leases.releaseLease(worker));
        await(stores.leases.releaseOrphans(_ -> {}));
        assertThat(stores.stored(held).worker()).isNull();
    }

    @Test
    void aRunThatItsLivingWorkerDoesNotKnowOfIsRequestedAgain() {
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));

        await(stores.leases.release(List.of(held.key()), worker));

        assertThat(stores.stored(held)).isEqualTo(held.next(held.run(), null).released());
        assertThat(stores.published.request(held.run()).epoch()).isEqualTo(held.epoch() + 1);
    }

    @Test
    void aRunOfAnotherWorkerIsNotReleasedAsOnesOwn() {
        RunRow held = stores.claimedBy(worker);

        await(stores.leases.release(List.of(held.key()), "another"));

        assertThat(stores.stored(held)).isEqualTo(held);
    }

    @Test
    void aRunThatCannotBeReadDoesNotKeepTheOthersFromTheirRelease() {
        query(
                "update runs set id = 'run_0', document = '{}' where id = $1",
                stores.claimedBy(worker).run().id());
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.releaseOrphans(_ -> {}));
        query("delete from runs where id = 'run_0'");
        assertThat(stores.stored(held).worker()).isNull();
    }

    @Test
    void anOverdueRunExpiresWithItsOpenStepsAndTellsItsWorker() {
        RunRow row = overdue();
        query("update runs set expires_at = 4000000000 where id = $1", row.run().id());
        RunRow held = stores.claimed(row, worker);
        query("update runs set expires_at = 1600 where id = $1", row.run().id());
        await(stores.leases.beat(worker, LEASE));
        RunStep step = openStep(held);
        await(stores.leases.expireOverdue(_ -> {}));
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(await(stores.steps.find(held.key(), step.id())))
                .returns(StepStatus.EXPIRED, RunStep::status)
                .returns(null, RunStep::expiresAt);
        assertThat(stores.published.announced(held.run())).endsWith("thread.run.expired");
        assertThat(stores.published.of(held.run()).stream().map(OutboxMessage::topic))
                .endsWith(Topics.RUN_ANNOUNCED, Topics.RUN_CANCELLED);
    }

    @Test
    void aQueuedRunWhoseTimeIsOverIsLeftToExpire() {
        RunRow row = overdue();
        RunRequested request = stores.published.request(row.run());

        assertThat(await(stores.claimed.claim(List.of(request), worker))).isEmpty();
    }

    private RunRow overdue() {
        RunRow row =
                RunRow.created(Stores.PROJECT, Samples.queued(stores.thread().id(), 1000), null);
        await(stores.runs.create(row, List.of(), BusyThread.REJECT));
        return row;
    }

    private RunStep openStep(RunRow held) {
        RunStep step =
                RunStep.begun(Ids.step(), held.run(), new StepDetails.ToolCalls(List.of()), 1000);
        query(
                "insert into run_steps values ($1, $2, $3, $4, 99, 'tool_calls', true, '{}', $5::text::json)",
                step.id(),
                held.projectId(),
                step.threadId(),
                step.runId(),
                Json.compact(step));
        return step;
    }

    @Test
    void aRunWithTimeLeftDoesNotExpire() {
        RunRow row = stores.queued();
        await(stores.leases.expireOverdue(_ -> {}));
        assertThat(stores.stored(row)).isEqualTo(row);
    }

    @Test
    void aCancelledRunThatNobodyHoldsIsStopped() {
        RunRow row = stores.queued();
        await(stores.runs.apply(row.key(), new CancelRun()));
        await(stores.leases.stopUnclaimed(_ -> {}));
        assertThat(stores.stored(row).run().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aCancelledRunThatIsHeldIsLeftToItsWorker() {
        RunRow held = stores.claimedBy(worker);
        await(stores.runs.apply(held.key(), new CancelRun()));
        await(stores.leases.stopUnclaimed(_ -> {}));
        assertThat(await(stores.leases.stopIfUnclaimed(held.key())).row().run().status())
                .isEqualTo(RunStatus.CANCELLING);
        OutboxMessage told =
                stores.published.of(held.run()).stream()
                        .filter(f -> f.topic().equals(Topics.RUN_CANCELLED))
                        .findFirst()
                        .orElseThrow();
        assertThat(Json.read(told.payload(), RunCancelled.class).worker()).isEqualTo(worker);
    }

    @Test
    void aWorkerReadsWhichOfItsRunsAreToEnd() {
        RunRow held = stores.claimedBy(worker);
        RunRow cancelled = stores.claimedBy(worker);
        stores.claimedBy("another-" + worker);
        await(stores.runs.apply(cancelled.key(), new CancelRun()));

        assertThat(await(stores.leases.heldBy(worker)))
                .containsExactlyInAnyOrder(
                        new Leases.Held(held.key(), true), new Leases.Held(cancelled.key(), false));
    }

    @Test
    void aCancelledRunWhoseWorkerDiedIsStoppedAfterItsRelease() {
        RunRow held = stores.claimedBy(worker);
        await(stores.runs.apply(held.key(), new CancelRun()));
        await(stores.leases.releaseOrphans(_ -> {}));
        await(stores.leases.stopUnclaimed(_ -> {}));
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aWorkerThatIsGoneIsForgottenOnceItsRunsAreTakenOver() {
        stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));
        goneFor("2 minutes");
        await(stores.leases.forgetGoneWorkers());
        assertThat(rowsOfWorker()).as("while it holds a run").isEqualTo(1);

        await(stores.leases.releaseOrphans(applied -> {}));
        await(stores.leases.forgetGoneWorkers());

        assertThat(rowsOfWorker()).isZero();
    }

    @Test
    void aWorkerThatIsLateIsNotForgotten() {
        await(stores.leases.beat(worker, LEASE));
        goneFor("30 seconds");
        await(stores.leases.forgetGoneWorkers());
        assertThat(rowsOfWorker()).isEqualTo(1);
    }

    private void goneFor(String interval) {
        query(
                "update workers set lease_until = now() - $2::text::interval where id = $1",
                worker,
                interval);
    }

    private int rowsOfWorker() {
        return query("select id from workers where id = $1", worker).size();
    }

    /** A worker claims these runs and dies; its runs are released and requested again. */
    private void dies(String name, RunRow... held) {
        for (RunRow row : held) {
            assertThat(claimedAgain(row, name)).isNotNull();
        }
        dies(name);
    }

    private void dies(String name) {
        await(stores.leases.beat(name, LEASE));
        query("update workers set lease_until = now() where id = $1", name);
        await(stores.leases.releaseOrphans(_ -> {}));
        await(stores.leases.releaseOrphans(_ -> {}));
    }

    private ClaimedRuns.Claimed claimedAgain(RunRow row, String name) {
        return await(stores.claimed.claim(List.of(stores.published.request(row.run())), name))
                .getFirst();
    }

    private long deaths(RunRow row) {
        return query("select deaths from run_deaths where run_id = $1", row.run().id()).stream()
                .mapToInt(deaths -> deaths.getInteger("deaths"))
                .sum();
    }

    private void ends(RunRow row) {
        RunEvent failed = new RunEvent.Failed(RunError.server(), Samples.SPENT);
        await(stores.runs.apply(row.key(), found -> failed));
    }

    @Test
    void everyDeathOfAWorkerIsCountedOnceAndToldToWhoTakesTheRunOver() {
        RunRow row = stores.queued();

        dies(worker + "1", row);
        assertThat(deaths(row)).isEqualTo(1);
        dies(worker + "2", row);
        dies(worker + "3", row);

        assertThat(claimedAgain(row, worker).deaths()).isEqualTo(RunLifecycle.MOST_DEATHS);
        ends(row);
    }

    @Test
    void aRunWithWhichEvenTheWorkerDiesThatShouldEndItFails() {
        RunRow row = stores.queued();
        RunRow streamed = stores.stored(row);
        for (int i = 0; i < RunLifecycle.MOST_DEATHS; i++) {
            dies(worker + i, row);
        }
        RunStep step = openStep(streamed);

        dies(worker + "last", row);

        RunRow failed = stores.stored(row);
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.run().lastError()).isEqualTo(RunError.brokenWorkers());
        assertThat(failed.worker()).isNull();
        assertThat(await(stores.steps.find(row.key(), step.id())).status())
                .isEqualTo(StepStatus.FAILED);
        // Its thread is free.
        stores.claimed(stores.queuedOn(row.run().threadId()), worker);
    }

    @Test
    void anOrderlyEndIsNoDeathAndNeitherIsALostClaim() {
        RunRow held = stores.claimedBy(worker);
        await(stores.leases.beat(worker, LEASE));
        await(stores.leases.releaseLease(worker));
        await(stores.leases.releaseOrphans(_ -> {}));
        assertThat(claimedAgain(held, worker).deaths()).isZero();
        await(stores.leases.beat(worker, LEASE));

        await(stores.leases.release(List.of(held.key()), worker));

        assertThat(claimedAgain(held, worker).deaths()).isZero();
        ends(held);
    }

    @Test
    void aWorkerThatComesBackAndDiesIsCountedAgain() {
        RunRow row = stores.queued();
        dies(worker, row);
        dies(worker, row);
        assertThat(deaths(row)).isEqualTo(2);
        claimedAgain(row, "last");
        ends(row);
    }

    @Test
    void ofRunsThatWereHeldTogetherTheOneWithMostDeathsCountsTheNext() {
        RunRow likely = stores.queued();
        dies(worker + "1", likely);
        RunRow innocent = stores.queued();

        dies(worker + "2", likely, innocent);

        assertThat(deaths(likely)).isEqualTo(2);
        assertThat(deaths(innocent)).isZero();
        assertThat(claimedAgain(innocent, worker).deaths()).isZero();
        claimedAgain(likely, worker);
        ends(likely);
        ends(innocent);
    }

    @Test
    void runsWhoseNextDeathIsTheLastAreRequestedOneAtATime() {
        List<RunRow> rows = List.of(stores.queued(), stores.queued(), stores.queued());
        dies(worker + "1", rows.toArray(RunRow[]::new));
        dies(worker + "2", rows.toArray(RunRow[]::new));

        for (int left = rows.size(); left > 0; left--) {
            assertThat(rows.stream().filter(row -> stores.stored(row).worker() != null))
                    .hasSize(left - 1);
            RunRow out =
                    rows.stream()
                            .map(stores::stored)
                            .filter(row -> row.worker() == null && row.run().status().isActive())
                            .findFirst()
                            .orElseThrow();
            claimedAgain(out, worker);
            await(stores.leases.beat(worker, LEASE));
            await(stores.leases.releaseOrphans(_ -> {}));
            ends(out);
            await(stores.leases.releaseOrphans(_ -> {}));
        }
    }
}
