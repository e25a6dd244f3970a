package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs are counted once, by the process that commits. */
@Tag("server")
class RunMetricsTest {

    private final Stores stores = new Stores();
    private final String worker = "worker-" + Ids.run();

    private double ended(String status, String reason) {
        return stores.meters
                .get("threadwell.runs.ended")
                .tag("status", status)
                .tag("reason", reason)
                .counter()
                .count();
    }

    private void end(RunRow held, RunEvent event) {
        await(stores.claimed.advance(held, event, List.of(), List.of()));
    }

    @Test
    void aRunThatIsCreatedIsCounted() {
        stores.queued();

        assertThat(stores.meters.get("threadwell.runs.created").counter().count()).isEqualTo(1);
    }

    @Test
    void anEndIsCountedWithItsDuration() {
        end(stores.claimedBy(worker), new RunEvent.Completed(Usage.NONE));

        assertThat(ended("completed", "none")).isEqualTo(1);
        assertThat(stores.meters.get("threadwell.run.duration").timer().count()).isEqualTo(1);
    }

    @Test
    void theCodeOfAFailureIsAReasonOnlyIfItIsKnown() {
        RunError hostile = new RunError("\"} 1\nevil 1", "no");
        RunError known = new RunError("rate_limit_exceeded", "no");

        end(stores.claimedBy(worker), new RunEvent.Failed(hostile, Usage.NONE));
        end(stores.claimedBy(worker), new RunEvent.Failed(known, Usage.NONE));

        assertThat(ended("failed", "other")).isEqualTo(1);
        assertThat(ended("failed", "rate_limit_exceeded")).isEqualTo(1);
    }

    @Test
    void aRunThatIsTakenFromADeadWorkerIsCounted() {
        stores.claimedBy(worker);
        await(stores.leases.beat(worker, Duration.ofMinutes(1)));
        query(
                "update workers set lease_until = now() - interval '1 millisecond' where id = $1",
                worker);

        await(stores.leases.releaseOrphans(_ -> {}));

        assertThat(stores.meters.get("threadwell.run.takeovers").counter().count()).isPositive();
    }
}
