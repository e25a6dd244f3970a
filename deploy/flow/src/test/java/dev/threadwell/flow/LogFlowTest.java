package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Logs have ids, and neither what people say nor keys, also when models and tools fail. */
@OnInstallation
class LogFlowTest {

    private static final String SAID = "zebra-said-7391";
    private static final String ARGUMENT = "zebra-argument-7391";
    private static final String OUTPUT = "zebra-output-7391";
    private static final String KEY = "sk-zebra-key-7391";
    private static final String WORDS = "zebra-";

    private final Installation installation;

    LogFlowTest(Installation installation) {
        this.installation = installation;
    }

    /** A run of each kind, with failing models and tools. */
    private List<ClientRun> runs() {
        Client client = installation.client();
        ClientRun failed = client.asks(simulate("{'status':500}") + SAID);
        failed.failsWith("server_error");
        client.asks(simulate("{'status':400}") + SAID).failsWith("invalid_prompt");
        client.streams(simulate("{'tokens':9,'cut_after':4}") + SAID).failsWith("server_error");
        client.withBoundFunction(
                        "tides",
                        Map.of(
                                "http",
                                Map.of("url", "http://127.0.0.1:1/" + ARGUMENT),
                                "repeatable",
                                true))
                .asks(
                        simulate(
                                        "{'calls':[{'name':'tides','arguments':{'a':'%s'}}],'then':{'say':'Done.'}}"
                                                .formatted(ARGUMENT))
                                + SAID)
                .becomes(COMPLETED);
        client.withCodeInterpreter()
                .asks(
                        simulate(
                                "{'calls':[{'name':'code_interpreter','arguments':{'code':'raise ValueError(\\\"%s\\\")'}}],'then':{'say':'%s'}}"
                                        .formatted(OUTPUT, SAID)))
                .becomes(COMPLETED);
        assertThat(new Http(installation.node(0).base(), KEY).get("/v1/assistants").status())
                .isEqualTo(401);
        assertThat(installation.node(0).post("/v1/threads", Map.of(SAID, SAID)).status())
                .isEqualTo(400);
        return List.of(failed);
    }

    private Stream<String> lines() {
        return installation.services().stream().flatMap(service -> service.log().stream());
    }

    private void saysNothingOfAnybody() {
        assertThat(lines()).noneMatch(line -> line.contains(WORDS));
        assertThat(lines()).noneMatch(line -> line.contains(installation.node(0).key()));
    }

    @Test
    void plainLogsHaveIdsAndNothingOfWhatIsSaid() {
        String run = runs().getFirst().id();

        assertThat(lines()).anyMatch(line -> line.contains("runId=" + run));
        saysNothingOfAnybody();
    }

    @Test
    void asJsonEachLineIsAnObjectWithItsIdsAsFields() {
        installation.servicesUse(Map.of("THREADWELL_LOG_FORMAT", "json"));
        try {
            String run = runs().getFirst().id();

            List<JsonNode> objects =
                    lines().filter(line -> line.startsWith("{")).map(Json::read).toList();
            assertThat(objects)
                    .anyMatch(line -> line.at("/fields/runId").asText().equals(run))
                    .allMatch(line -> line.has("timestamp") && line.has("level"));
            saysNothingOfAnybody();
        } finally {
            installation.servicesUse(Map.of());
        }
    }
}
