package dev.threadwell.persistence.backlog;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.Ids;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The backlog is read as it is, by small indexes. */
@Tag("server")
class BacklogStoreTest {

    private final Stores stores = new Stores();
    private final BacklogStore backlog = new BacklogStore(Stores.POOL);

    private static void createdBefore(RunRow row, int seconds) {
        query(
                "update runs set expires_at = extract(epoch from now())::bigint + 600 - $2 where id"
                        + " = $1",
                row.run().id(),
                seconds);
    }

    @Test
    void aRunThatNoWorkerHasHadCountsWithItsAge() {
        long before = await(backlog.read()).queued();
        createdBefore(stores.queued(), 500);

        Backlog now = await(backlog.read());

        assertThat(now.queued()).isEqualTo(before + 1);
        assertThat(now.oldestQueuedSeconds()).isGreaterThanOrEqualTo(499);
    }

    @Test
    void aRunThatWasClaimedHasNoAge() {
        query("delete from runs where status = 'queued'");
        RunRow held = stores.claimedBy("worker-" + Ids.run());
        createdBefore(held, 500);
        query("update runs set status = 'queued', worker = null where id = $1", held.run().id());

        Backlog now = await(backlog.read());

        assertThat(now.queued()).isPositive();
        assertThat(now.oldestQueuedSeconds()).isLessThan(400);
    }

    @Test
    void aWorkerCountsWhileItsLeaseIsValid() {
        String worker = "worker-" + Ids.run();
        long before = await(backlog.read()).workers();
        await(stores.leases.beat(worker, Duration.ofMinutes(1)));
        assertThat(await(backlog.read()).workers()).isEqualTo(before + 1);

        await(stores.leases.releaseLease(worker));

        assertThat(await(backlog.read()).workers()).isEqualTo(before);
    }

    @Test
    void whatIsInTheOutboxCountsWithItsAge() {
        query(
                "insert into outbox (shard, topic, key, headers, payload, created_at)"
                        + " values (99, 'none', 'k', '{}', '{}', now() - interval '1 hour')");

        Backlog now = await(backlog.read());
        query("delete from outbox where shard = 99");

        assertThat(now.outbox()).isPositive();
        assertThat(now.outboxOldestSeconds()).isGreaterThanOrEqualTo(3_599);
    }

    @Test
    void noTableThatGrowsIsReadAsAWhole() {
        assertThat(Stores.genericPlan(BacklogStore.sql()))
                .doesNotContainPattern("Seq Scan on (runs|vector_store_files)")
                .contains("runs_by_deadline")
                .contains("vector_store_files_in_progress");
    }
}
