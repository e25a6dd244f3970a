package dev.threadwell.persistence.retention;

import static dev.threadwell.persistence.Stores.POOL;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.retention.RetentionStore.Candidate;
import dev.threadwell.run.Ids;
import dev.threadwell.thread.ThreadObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept no longer, and what is left alone. */
@Tag("server")
class RetentionStoreTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final String project = "proj_" + UUID.randomUUID();
    private final Stores stores = new Stores();
    private final RetentionStore retention = new RetentionStore(POOL);

    private String thread(Duration age) {
        ThreadObject thread =
                new ThreadObject(
                        Ids.thread(),
                        ThreadObject.OBJECT,
                        ago(age),
                        Map.of("\"created_at\":1", "0"),
                        Map.of());
        await(stores.threads.create(project, thread, List.of()));
        return thread.id();
    }

    private static long ago(Duration age) {
        return Instant.now().minus(age).getEpochSecond();
    }

    private void message(String thread, Duration age) {
        query(
                """
                with t as (update threads set seq = seq + 1 where id = $2 returning seq)
                insert into messages (id, project_id, thread_id, seq, role, document)
                select $1, $3, $2, t.seq, 'user', ('{"id":"m","created_at":' || $4 || '}')::json from t
                """,
                Ids.message(),
                thread,
                project,
                String.valueOf(ago(age)));
    }

    private void run(String thread, String status, String endedAt) {
        query(
                """
                insert into runs (id, project_id, thread_id, seq, status, expires_at, ended_at, spent, document)
                values ($1, $2, $3, 1, '%s', 1, %s, '{}', '{}')
                """
                        .formatted(status, endedAt),
                Ids.run(),
                project,
                thread);
    }

    private String file(String purpose, Duration age) {
        String id = Ids.file();
        query(
                """
                insert into files (id, project_id, purpose, blobs, filename, bytes, document)
                values ($1, $2, $3, '{}', 'a', 0, ('{"created_at":' || $4 || '}')::json)
                """,
                id,
                project,
                purpose,
                String.valueOf(ago(age)));
        return id;
    }

    private List<String> oldThreads() {
        return over(await(retention.threads(project, DAY, 0, 100)));
    }

    private List<String> oldFiles() {
        return over(await(retention.files(project, DAY, List.of("vision"), 0, 100)));
    }

    private static List<String> over(List<Candidate> found) {
        return found.stream().filter(Candidate::over).map(Candidate::id).toList();
    }

    @Test
    void aThreadInWhichNothingWasWrittenForTheTimeIsOver() {
        String old = thread(DAY.multipliedBy(2));
        thread(Duration.ofHours(1));
        assertThat(oldThreads()).containsExactly(old);
    }

    @Test
    void aYoungMessageKeepsItsThread() {
        message(thread(DAY.multipliedBy(9)), Duration.ofHours(1));
        String old = thread(DAY.multipliedBy(9));
        message(old, DAY.multipliedBy(2));
        assertThat(oldThreads()).containsExactly(old);
    }

    @Test
    void aRunThatIsActiveOrHasEndedLatelyKeepsItsThread() {
        run(thread(DAY.multipliedBy(9)), "in_progress", "null");
        run(thread(DAY.multipliedBy(9)), "completed", "now()");
        String old = thread(DAY.multipliedBy(9));
        run(old, "completed", "now() - interval '2 days'");
        assertThat(oldThreads()).containsExactly(old);
    }

    @Test
    void aThreadInWhichSomethingIsWrittenMeanwhileIsNotDeleted() {
        String thread = thread(DAY.multipliedBy(2));
        Candidate seen = await(retention.threads(project, DAY, 0, 100)).getFirst();
        message(thread, Duration.ZERO);
        assertThat(await(stores.deletion.deleteUntouched(project, thread, seen.seq()))).isFalse();
        assertThat(await(stores.threads.find(project, thread))).isNotNull();
    }

    @Test
    void aThreadThatIsOverIsDeletedWithItsContent() {
        String thread = thread(DAY.multipliedBy(9));
        message(thread, DAY.multipliedBy(9));
        Candidate seen = await(retention.threads(project, DAY, 0, 100)).getFirst();
        assertThat(await(stores.deletion.deleteUntouched(project, thread, seen.seq()))).isTrue();
        assertThat(query("select id from messages where thread_id = $1", thread)).isEmpty();
    }

    @Test
    void pagesFollowEachOtherByNumber() {
        List<String> all =
                IntStream.range(0, 5).mapToObj(i -> thread(DAY.multipliedBy(2))).toList();
        List<Candidate> first = await(retention.threads(project, DAY, 0, 3));
        List<Candidate> second =
                await(retention.threads(project, DAY, first.getLast().number(), 3));
        assertThat(over(first)).isEqualTo(all.subList(0, 3));
        assertThat(over(second)).isEqualTo(all.subList(3, 5));
    }

    @Test
    void anOldFileOfAPurposeThatIsNamedIsOver() {
        String old = file("vision", DAY.multipliedBy(2));
        file("assistants", DAY.multipliedBy(2));
        file("vision", Duration.ofHours(2));
        assertThat(oldFiles()).containsExactly(old);
    }

    @Test
    void aFileInAVectorStoreIsInUse() {
        String file = file("vision", DAY.multipliedBy(2));
        query(
                """
                with s as (
                    insert into vector_stores (id, project_id, last_active_at, document)
                    values ('vs_' || $1, $2, 0, '{}') returning id)
                insert into vector_store_files (
                    id, vector_store_id, project_id, status, filename, attributes, document)
                select $1, s.id, $2, 'completed', 'a', '{}', '{}' from s
                """,
                file,
                project);
        assertThat(oldFiles()).isEmpty();
    }

    @Test
    void oneProcessDeletesAtATimeUntilItsLeaseIsOver() {
        String me = UUID.randomUUID().toString();
        query("delete from leases where name = 'retention'");
        assertThat(await(retention.lease(me, Duration.ofHours(1)))).isTrue();
        assertThat(await(retention.lease("another", Duration.ofHours(1)))).isFalse();
        assertThat(await(retention.lease(me, Duration.ofHours(1)))).isTrue();
        query("update leases set until = now() - interval '1 second' where name = 'retention'");
        assertThat(await(retention.lease("another", Duration.ofHours(1)))).isTrue();
        query("delete from leases where name = 'retention'");
    }

    @Test
    void aProjectHasAPolicyOfItsOwn() {
        query("insert into projects (id, name) values ($1, 'a')", project);
        query(
                "insert into project_settings (project_id, keep_threads) values ($1, interval '30"
                        + " days')",
                project);
        assertThat(await(retention.policies()))
                .filteredOn(one -> one.projectId().equals(project))
                .singleElement()
                .satisfies(
                        policy -> {
                            assertThat(policy.threads()).contains(Duration.ofDays(30));
                            assertThat(policy.files()).isEmpty();
                        });
    }
}
