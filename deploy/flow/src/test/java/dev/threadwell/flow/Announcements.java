package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the world is told of runs; what is delivered twice is heard once. */
record Announcements(Topic topic) {

    /** The run's announcements, by their ids the first delivery of each. */
    List<ConsumerRecord<String, byte[]>> of(ClientRun run) {
        return of(run.id(), topic.records());
    }

    private static List<ConsumerRecord<String, byte[]>> of(
            String runId, List<ConsumerRecord<String, byte[]>> all) {
        Set<String> heard = new HashSet<>();
        return all.stream()
                .filter(r -> Topic.header(r, "ce_subject").equals(runId))
                .filter(r -> heard.add(Topic.header(r, "ce_id")))
                .toList();
    }

    /** The statuses that were announced, in the order of their first delivery. */
    List<String> statuses(ClientRun run) {
        return statuses(of(run));
    }

    private static List<String> statuses(List<ConsumerRecord<String, byte[]>> announced) {
        return announced.stream()
                .map(r -> Json.read(Topic.text(r)).path("status").asText())
                .toList();
    }

    void awaitsEndOf(ClientRun run) {
        Eventually.isTrue(
                "the end of " + run.id() + " is announced",
                () -> statuses(run).stream().anyMatch(s -> Status.of(s).isFinal()));
    }

    /** Each run is announced in the order of its changes, and its end once, as the last thing. */
    void areInOrder(List<ClientRun> runs) {
        List<ConsumerRecord<String, byte[]>> all = topic.records();
        for (ClientRun run : runs) {
            List<ConsumerRecord<String, byte[]>> announced = of(run.id(), all);
            assertThat(announced)
                    .extracting(r -> Integer.parseInt(Topic.header(r, "ce_sequence")))
                    .as("sequence of %s", run.id())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(statuses(announced))
                    .filteredOn(s -> Status.of(s).isFinal())
                    .as("announced ends of %s", run.id())
                    .hasSize(1)
                    .containsExactly(statuses(announced).getLast());
        }
    }
}
