package dev.threadwell.containers;

import static dev.threadwell.containers.Questions.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.Client;
import dev.threadwell.flow.EventStream;
import dev.threadwell.flow.Status;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the product answers out of its images. */
@OnContainers
@Order(2)
class AnswersTest {

    private static final String TIDES = "Low water is at noon; the ferry waits for the tide.";

    private final Installation installation;
    private final Client client;

    AnswersTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @Test
    void aRunIsAnswered() {
        var run = client.asks(simulate("{'say':'Good day.'}"));

        run.becomes(Status.COMPLETED).says("Good day.").leavesItsThreadFree();
    }

    @Test
    void aStreamedRunShowsWhatIsStored() {
        var run = client.streams(simulate("{'say':'Good day.','tokens':20,'gap_ms':20}"));

        run.becomes(Status.COMPLETED).streamedWhatIsStored();
    }

    @Test
    void aFunctionIsCalledAndItsOutputSubmitted() {
        var run =
                client.withFunctions("weather")
                        .asks(simulate("{'calls':[{'name':'weather'}],'then':{'say':'It rains.'}}"))
                        .becomes(Status.REQUIRES_ACTION);

        run.submits("rain");

        run.becomes(Status.COMPLETED).says("It rains.");
    }

    @Test
    void aRunSearchesAFileThatWasUploaded() {
        var run = Questions.searching(client, "tides.txt", TIDES, "ferry");

        run.becomes(Status.COMPLETED).says("Found.");
        assertThat(Questions.foundIn(run)).isEqualTo("tides.txt");
    }

    /** Code is executed in a sandbox or not at all; in the latter case the model is told so. */
    @Test
    void codeIsExecutedOrRefused() {
        boolean sandboxed = installation.toolWorker().readiness().contains("\"available\": true");
        String code = "{'name':'code_interpreter','arguments':{'code':'print(6 * 7)'}}";
        var run =
                client.withCodeInterpreter()
                        .asks(simulate("{'calls':[%s],'then':{'say':'Done.'}}".formatted(code)));

        run.becomes(Status.COMPLETED).says("Done.");
        String logs = run.firstCall().at("/code_interpreter/outputs/0/logs").asText();
        System.out.println("Code is executed in this engine's containers: " + sandboxed);
        assertThat(logs).isEqualTo(sandboxed ? "42\n" : "");
    }

    @Test
    void aRunIsCancelledInTheMiddleOfItsStream() {
        var run = client.streams(Questions.endless());
        run.stream().awaitsDeltas(5);

        run.cancels();

        run.becomes(Status.CANCELLED).streamedWhatIsStored().leavesItsThreadFree();
    }

    @Test
    void aBrokenStreamIsTakenUpOnTheOtherNodeWithoutGapOrDouble() {
        var run = client.streams(simulate("{'tokens':40,'gap_ms':25}"));
        run.stream().awaitsDeltas(10).drops();

        run.resumesOn(installation.node(1));

        run.becomes(Status.COMPLETED).streamedWhatIsStored();
        assertThat(run.events())
                .extracting(EventStream.Event::id)
                .filteredOn(id -> !id.isEmpty())
                .doesNotHaveDuplicates();
    }

    @Test
    void aFileIsReadOnTheNodeThatDidNotTakeIt() {
        var uploaded = client.http().upload("note.txt", "Kept once, seen everywhere.").ok();

        var seen = installation.node(1).get("/v1/files/" + uploaded.path("id").asText(), Map.of());

        assertThat(seen.ok().path("bytes").asInt()).isEqualTo(27);
    }
}
