package dev.threadwell.platform.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.StoresAccess;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One process at a time does a job, and another one if that dies. */
@Tag("server")
class DatabaseJobLeaseTest {

    private static final Pool POOL = StoresAccess.pool();

    private final String job = "job-" + UUID.randomUUID();
    private final JobLease one = lease("one");
    private final JobLease other = lease("other");

    private JobLease lease(String holder) {
        return new DatabaseJobLease(POOL, job, holder, Duration.ofMinutes(1));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(60));
    }

    private static boolean held(JobLease lease) {
        return await(lease.held());
    }

    /** Lets so much of the lease's minute pass. */
    private void pass(int seconds) {
        await(
                POOL.preparedQuery(
                                "update leases set until = until - $2::int * interval '1 second'"
                                        + " where name = $1")
                        .execute(Tuple.of(job, seconds)));
    }

    private String row() {
        return await(
                        POOL.preparedQuery("select xmin::text as xmin from leases where name = $1")
                                .execute(Tuple.of(job)))
                .iterator()
                .next()
                .getString("xmin");
    }

    @Test
    void ofManyThatAskAtOnceOneGetsIt() {
        List<Uni<Boolean>> wishes =
                IntStream.range(0, 16).mapToObj(n -> lease("holder " + n).held()).toList();
        List<Boolean> held = await(Uni.join().all(wishes).andFailFast());
        assertThat(held).containsOnlyOnce(true);
    }

    @Test
    void itsHolderKeepsItAndOthersDoNotGetIt() {
        assertThat(held(one)).isTrue();
        assertThat(held(other)).isFalse();
        pass(50);
        assertThat(held(one)).isTrue();
        pass(50);
        assertThat(held(other)).isFalse();
    }

    @Test
    void thatOfADeadHolderPassesToAnother() {
        held(one);
        pass(61);
        assertThat(held(other)).isTrue();
        assertThat(held(one)).isFalse();
    }

    @Test
    void whatIsReleasedPassesAtOnce() {
        held(one);
        await(other.release());
        assertThat(held(other)).as("released by somebody else").isFalse();
        await(one.release());
        assertThat(held(other)).isTrue();
    }

    @Test
    void nothingIsWrittenBeforeHalfOfItHasPassed() {
        held(one);
        String written = row();
        pass(20);
        String passed = row();
        held(one);
        held(other);
        assertThat(row()).isEqualTo(passed).isNotEqualTo(written);
        pass(20);
        held(one);
        assertThat(row()).isNotEqualTo(passed);
        pass(40);
        assertThat(held(other)).as("renewed").isFalse();
    }
}
