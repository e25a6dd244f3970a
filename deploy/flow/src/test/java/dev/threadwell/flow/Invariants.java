package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What holds of runs that have ended, whatever crashed meanwhile. */
record Invariants(Installation installation) {

    private static final String DOUBLE_SEQ =
            """
            select thread_id, seq, count(*) from (
                select thread_id, seq from messages
                union all select thread_id, seq from run_steps
                union all select thread_id, seq from runs) as numbered
            group by thread_id, seq having count(*) > 1
            """;

    private static final String SEQ_AHEAD =
            """
            select t.id from threads t join messages m on m.thread_id = t.id where m.seq > t.seq
            """;

    /** Runs that have all been completed, with messages that a crash cut short at most. */
    void holdForCompleted(List<ClientRun> runs, int mostIncomplete) {
        for (ClientRun run : runs) {
            run.becomes(Status.COMPLETED);
            List<JsonNode> messages = run.messages();
            assertThat(messages)
                    .filteredOn(m -> m.path("status").asText().equals("completed"))
                    .as("completed messages of %s", run.id())
                    .hasSize(1)
                    .containsExactly(messages.getLast());
            assertThat(messages)
                    .as("messages of %s", run.id())
                    .hasSizeBetween(1, 1 + mostIncomplete);
            assertThat(messages.subList(0, messages.size() - 1))
                    .allSatisfy(Invariants::wasCutByACrash);
        }
        holdForEnded(runs);
    }

    private static void wasCutByACrash(JsonNode message) {
        assertThat(message.path("status").asText()).isEqualTo("incomplete");
        assertThat(message.at("/incomplete_details/reason").asText()).isEqualTo("run_failed");
    }

    /** Runs that have all ended, each in one way. */
    void holdForEnded(List<ClientRun> runs) {
        Database database = installation.database();
        Eventually.holds(
                "the outbox is empty",
                () -> assertThat(database.column("select topic from outbox")).isEmpty());
        new Announcements(installation.topic("run.announced")).tellOneEndAndNothingAfterIt(runs);
        assertThat(database.rows(DOUBLE_SEQ)).as("numbers given twice").isEmpty();
        assertThat(database.rows(SEQ_AHEAD)).as("numbers ahead of their thread's").isEmpty();
        for (ClientRun run : runs) {
            assertThat(
                            database.count(
                                    "select count(*) from run_steps where open and run_id = ?",
                                    run.id()))
                    .as("open steps of %s", run.id())
                    .isZero();
            run.leavesItsThreadFree();
        }
    }
}
