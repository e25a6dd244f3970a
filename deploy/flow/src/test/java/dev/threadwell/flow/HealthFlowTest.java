package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What services say of their health when something is broken; see docs/operations.md. */
@OnInstallation
class HealthFlowTest {

    private final Installation installation;

    HealthFlowTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private List<ServiceProcess> apiServices() {
        return of("api-service");
    }

    private List<ServiceProcess> workers() {
        return installation.services().stream()
                .filter(service -> !service.role().equals("api-service"))
                .toList();
    }

    private List<ServiceProcess> of(String role) {
        return installation.services().stream()
                .filter(service -> service.role().equals(role))
                .toList();
    }

    private static void becomesNotReady(ServiceProcess service) {
        Eventually.isTrue(service.role() + " is not ready", () -> !service.isReady());
    }

    @Test
    void nobodyIsReadyWithoutADatabaseAndNobodyNeedsARestart() {
        installation.postgresDies();
        installation.services().forEach(HealthFlowTest::becomesNotReady);

        assertThat(installation.services()).allMatch(ServiceProcess::isLive);
        assertThat(installation.services())
                .allSatisfy(
                        service ->
                                assertThat(service.health())
                                        .contains("The database answers")
                                        .doesNotContain("127.0.0.1", "localhost", "Exception"));
    }

    @Test
    void workersAreNotReadyWithoutKafkaAndNodesGoOnAcceptingRuns() {
        installation.kafkaStops();
        workers().forEach(HealthFlowTest::becomesNotReady);

        assertThat(installation.services()).allMatch(ServiceProcess::isLive);
        assertThat(apiServices()).allMatch(ServiceProcess::isReady);
        var run = installation.client().asks(simulate("{'say':'Later.'}"));
        installation.heals();
        run.becomes(COMPLETED).says("Later.");
    }

    /** Its records are taken for other ones than they are: the framework ends the channel. */
    @Test
    void aWorkerOfWhichAChannelHasEndedIsToBeRestarted() {
        installation.client().asks(simulate("{'say':'Hi.'}")).becomes(COMPLETED);
        ServiceProcess worker = installation.runWorker(1);
        worker.stops();
        worker.uses(
                Map.of(
                        "MP_MESSAGING_INCOMING_RUN_REQUESTED_GROUP_ID",
                        "run-worker-broken",
                        "MP_MESSAGING_INCOMING_RUN_REQUESTED_VALUE_DESERIALIZER",
                        "org.apache.kafka.common.serialization.IntegerDeserializer"));
        worker.launches();
        try {
            Eventually.isTrue("it answers", () -> worker.isLive() || !worker.isAlive());
            Eventually.isTrue("it is to be restarted", () -> !worker.isLive());

            assertThat(worker.isAlive()).isTrue();
            assertThat(worker.health()).contains("run-requested");
            assertThat(installation.runWorker(0).isLive()).isTrue();
        } finally {
            worker.uses(Map.of());
            worker.dies();
        }
    }
}
