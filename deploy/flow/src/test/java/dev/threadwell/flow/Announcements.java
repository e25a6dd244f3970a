package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the world is told of runs; what is delivered twice is heard once. Two processes may tell of
 * one run at the same time, so the order is that of the sequences, as {@code docs/events} has it.
 */
record Announcements(Topic topic) {

    /** The run's announcements in the order of their sequence, each once. */
    List<ConsumerRecord<String, byte[]>> of(ClientRun run) {
        return of(run.id(), topic.records());
    }

    private static List<ConsumerRecord<String, byte[]>> of(
            String runId, List<ConsumerRecord<String, byte[]>> all) {
        Set<String> heard = new HashSet<>();
        return all.stream()
                .filter(r -> Topic.header(r, "ce_subject").equals(runId))
                .filter(r -> heard.add(Topic.header(r, "ce_id")))
                .sorted(Comparator.comparingInt(Announcements::sequence))
                .toList();
    }

    private static int sequence(ConsumerRecord<String, byte[]> announcement) {
        return Integer.parseInt(Topic.header(announcement, "ce_sequence"));
    }

    /** The statuses that were announced, in the order of the changes. */
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

    /** No two changes of a run have one sequence, and its end, told once, has the greatest. */
    void tellOneEndAndNothingAfterIt(List<ClientRun> runs) {
        List<ConsumerRecord<String, byte[]>> all = topic.records();
        for (ClientRun run : runs) {
            List<ConsumerRecord<String, byte[]>> announced = of(run.id(), all);
            assertThat(announced)
                    .extracting(Announcements::sequence)
                    .as("sequence of %s", run.id())
                    .doesNotHaveDuplicates();
            assertThat(statuses(announced))
                    .filteredOn(s -> Status.of(s).isFinal())
                    .as("announced ends of %s", run.id())
                    .hasSize(1)
                    .containsExactly(statuses(announced).getLast());
        }
    }
}
