package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream is whole or is seen to break, however often the broker goes away. */
@OnInstallation
class BrokerRestartTest {

    private static final int WAVES = 5;
    private static final int RUNS = 20;

    private final Installation installation;

    BrokerRestartTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void theWordsOfAHundredStreamsAreThoseThatAreStored() {
        List<ClientRun> runs = new ArrayList<>();
        for (int wave = 0; wave < WAVES; wave++) {
            List<ClientRun> begun =
                    Installation.times(
                            RUNS,
                            n ->
                                    new Client(installation.node(n % 2))
                                            .streams(simulate("{'tokens':40,'gap_ms':100}")));
            begun.forEach(run -> run.stream().awaitsDeltas(2));
            runs.addAll(begun);
            installation.kafkaStops();
            installation.kafkaStarts();
        }

        int broken = 0;
        for (ClientRun run : runs) {
            List<EventStream.Event> events = new ArrayList<>(run.stream().toAnyEnd());
            run.becomes(Status.COMPLETED);
            if (!run.stream().isDone()) {
                broken++;
                events.addAll(
                        EventStream.startingAfter(installation.node(1), run.path(), events.size())
                                .toItsEnd());
            }
            isWhole(run, events);
        }
        System.out.printf("broker restarts: %d of %d streams broke off%n", broken, runs.size());
        new Invariants(installation).holdForCompleted(runs, 0);
    }

    private static void isWhole(ClientRun run, List<EventStream.Event> events) {
        assertThat(events.getLast().is("thread.run.completed"))
                .as("the end of %s", run.id())
                .isTrue();
        for (JsonNode message : run.messages()) {
            assertThat(EventStream.text(events, message.path("id").asText()))
                    .as("streamed text of %s", run.id())
                    .isEqualTo(ClientRun.textOf(message));
        }
        assertThat(EventStream.messages(events)).hasSize(1);
    }
}
