package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class OutageTest {

    private final Installation installation;
    private final Client client;
    private final Invariants invariants;

    OutageTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        invariants = new Invariants(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void runsAreAcceptedWithoutKafkaAndStartWhenItIsBack() {
        List<ClientRun> runs = new ArrayList<>();
        Installation.times(5, n -> runs.add(client.asks(simulate("{'say':'Before.'}"))));
        installation.kafkaStops();
        Installation.times(10, n -> runs.add(client.asks(simulate("{'say':'Meanwhile.'}"))));

        installation.kafkaStarts();
        Installation.times(5, n -> runs.add(client.asks(simulate("{'say':'After.'}"))));

        invariants.holdForCompleted(runs, 0);
    }

    @Test
    void runsOutliveACrashOfPostgres() {
        List<ClientRun> runs =
                Installation.times(10, n -> client.streams(simulate("{'tokens':60,'gap_ms':40}")));
        runs.forEach(run -> run.stream().awaitsDeltas(5));

        installation.postgresDies();
        installation.postgresStarts();
        installation.heals();

        invariants.holdForCompleted(runs, 0);
        runs.forEach(ClientRun::streamedWhatIsStored);
    }
}
