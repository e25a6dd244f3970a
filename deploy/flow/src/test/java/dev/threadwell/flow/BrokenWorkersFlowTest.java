package dev.threadwell.flow;

import static dev.threadwell.flow.Model.endless;
import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What breaks every worker that takes it is ended; everything beside it goes on. */
@OnInstallation
class BrokenWorkersFlowTest {

    private static final int DEATHS = 3;

    private final Installation installation;
    private final Client client;

    BrokenWorkersFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void aRunThatThreeWorkersDieWithFailsAndTheOthersComplete() {
        var run = client.streams(endless());
        List<ClientRun> others = new ArrayList<>();
        String epoch = "";
        for (int death = 1; death <= DEATHS; death++) {
            epoch = heldUnderAnotherEpochThan(run, epoch);
            others.add(client.asks(simulate("{'say':'Ashore.','tokens':5,'gap_ms':100}")));
            installation.holderOf(run).dies();
            installation.heals();
        }

        run.becomes(FAILED);

        assertThat(run.object().path("last_error").toString())
                .isEqualTo(
                        "{\"code\":\"server_error\",\"message\":\"The run was ended because 3"
                                + " workers stopped working while they processed it.\"}");
        run.streamedWhatIsStored();
        others.forEach(other -> other.becomes(COMPLETED));
        client.says(run.thread(), simulate("{'say':'Again.'}"));
        client.asksIn(run.thread(), Map.of()).becomes(COMPLETED).says("Again.");
    }

    private String heldUnderAnotherEpochThan(ClientRun run, String before) {
        return (String)
                Eventually.present(
                        "another worker holds " + run.id(),
                        () ->
                                installation
                                        .database()
                                        .value(
                                                "select epoch::text from runs where id = ? and epoch::text <> ?"
                                                        + " and worker in (select id from workers"
                                                        + " where lease_until > now())",
                                                run.id(),
                                                before));
    }

    @Test
    void aCallThatThreeToolWorkersDieWithIsAnsweredToTheModelAsFailed() {
        var run =
                client.withCodeInterpreter()
                        .asks(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter','arguments':{'code':"
                                                + "'import time; time.sleep(600)'}}],"
                                                + "'then':{'say':'So be it.'}}"));
        for (int death = 1; death <= DEATHS; death++) {
            long begun = death;
            Eventually.isTrue("the call is begun", () -> timesBegun(run) == begun);
            installation.toolWorker(0).dies();
            installation.toolWorker(0).launches().awaitsReady();
        }

        run.becomes(COMPLETED).says("So be it.");

        assertThat(
                        installation
                                .model()
                                .timesAsked("3 workers stopped working while they executed it"))
                .isPositive();
        Eventually.isTrue("nothing of it is left", () -> timesBegun(run) == 0);
    }

    private long timesBegun(ClientRun run) {
        return installation
                .database()
                .count(
                        "select count(*) from work_begun w join run_steps s"
                                + " on w.work like 'call ' || s.id || ' %' where s.run_id = '"
                                + run.id()
                                + "'");
    }
}
