package dev.threadwell.persistence.tool;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A worker that begins work and neither finishes it nor shuts down counts as having died with it.
 */
@Tag("server")
class WorkAttemptsTest {

    private final WorkAttempts begun = new WorkAttempts(Stores.POOL);
    private final String work = "call " + UUID.randomUUID();

    private int begins(String worker) {
        return await(begun.begin(work, worker, 3));
    }

    @Test
    void everyOtherWorkerThatBeganAndDidNotFinishCounts() {
        assertThat(begins("a")).isZero();
        assertThat(begins("b")).isEqualTo(1);
        assertThat(begins("c")).isEqualTo(2);
        assertThat(begins("d")).isEqualTo(3);
        assertThat(query("select worker from work_begun where work = $1", work)).hasSize(3);
    }

    @Test
    void aSecondDeliveryToTheSameWorkerIsNoDeath() {
        begins("a");
        assertThat(begins("a")).isZero();
        assertThat(begins("b")).isEqualTo(1);
    }

    @Test
    void finishedWorkHasBrokenNobody() {
        begins("a");
        begins("b");
        await(begun.finish(work));
        assertThat(begins("c")).isZero();
    }

    @Test
    void aWorkerThatStopsInAnOrderlyWayHasNotDied() {
        String worker = "w" + UUID.randomUUID();
        begins(worker);
        await(begun.release(worker));
        assertThat(begins("b")).isZero();
    }

    @Test
    void whatWasBegunLongAgoIsForgotten() {
        begins("a");
        query("update work_begun set begun_at = now() - interval '2 days' where work = $1", work);
        await(begun.sweep(1_000));
        assertThat(begins("b")).isZero();
    }
}
