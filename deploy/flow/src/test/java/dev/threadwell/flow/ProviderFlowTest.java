package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs come to their end with every provider, and clients do not see which one it is. */
@OnInstallation
class ProviderFlowTest {

    private static final String HIDDEN = "Nothing is hidden here.";
    private static final String SIGNATURE = "c2lnbmVkIGJ5IG5vYm9keQ==";

    private final Installation installation;
    private final Client client;

    ProviderFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    private static String calling(String dialect) {
        return simulate(
                "{'dialect':'%s','calls':[{'name':'weather','arguments':{'city':'Oslo'}},{'name':'weather','arguments':{'city':'Rome'}}],'then':{'calls':[{'name':'weather','arguments':{'city':'Bern'}}],'then':{'say':'All is well.'}}}"
                        .formatted(dialect));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gemini", "deepseek", "mistral", "kimi", "llama_cpp", "openrouter", "whole"})
    void callsAreMadeAndAnsweredInEveryDialect(String dialect) {
        var run = client.withFunctions("weather").streams(calling(dialect));

        run.becomes(REQUIRES_ACTION);
        assertThat(run.calls())
                .extracting(call -> Json.read(call.at("/function/arguments").asText()))
                .extracting(arguments -> arguments.path("city").asText())
                .containsExactly("Oslo", "Rome");
        assertThat(run.calls())
                .extracting(call -> call.path("id").asText())
                .doesNotHaveDuplicates();
        run.submits("cold", "warm").becomes(REQUIRES_ACTION).submits("mild");
        run.becomes(COMPLETED).says("All is well.").streamedWhatIsStored();
        assertThat(run.steps().getFirst().at("/step_details/tool_calls"))
                .extracting(call -> call.at("/function/output").asText())
                .containsExactly("cold", "warm");
        seesNothingOfTheProvider(run);
    }

    private void seesNothingOfTheProvider(ClientRun run) {
        assertThat(run.object().toString() + run.steps() + run.messages() + run.events())
                .doesNotContain(HIDDEN)
                .doesNotContain(SIGNATURE)
                .doesNotContain("provider_fields")
                .doesNotContain("reasoning_content");
    }

    @Test
    void whatAProviderWantsBackIsNotSentToOneThatRefusesIt() {
        var first = client.withFunctions("weather").asks(calling("deepseek"));
        first.becomes(REQUIRES_ACTION).submits("cold", "warm");
        first.becomes(REQUIRES_ACTION).submits("mild").becomes(COMPLETED);
        String question = simulate("{'say':'Another provider.'}") + UUID.randomUUID();

        client.says(first.thread(), question);
        var second = client.withFunctions("weather").asksIn(first.thread(), Map.of());

        second.becomes(COMPLETED).says("Another provider.");
        assertThat(installation.model().lastRequest(question).toString()).doesNotContain(HIDDEN);
    }

    @Test
    void codeOfTheSameIdIsExecutedTwiceAndEachHasItsOutput() {
        var run =
                client.withCodeInterpreter()
                        .streams(
                                simulate(
                                        "{'dialect':'kimi','calls':[{'name':'code_interpreter','arguments':{'code':'print(11)'}},{'name':'code_interpreter','arguments':{'code':'print(22)'}}],'then':{'say':'Done.'}}"));

        run.becomes(COMPLETED).says("Done.");
        assertThat(run.steps().getFirst().at("/step_details/tool_calls"))
                .extracting(call -> call.at("/code_interpreter/outputs/0/logs").asText().strip())
                .containsExactly("11", "22");
        seesNothingOfTheProvider(run);
    }

    @Test
    void textBehindACallIsAMessageOfItsOwn() {
        var run =
                client.withFunctions("weather")
                        .streams(
                                simulate(
                                        "{'deltas':[{'tool_calls':[{'index':0,'id':'call_a','function':{'name':'weather','arguments':'{}'}}]},{'content':'One moment.'}],'then':{'say':'It is sunny.'}}"));

        run.becomes(REQUIRES_ACTION);
        assertThat(run.messages()).extracting(ClientRun::textOf).containsExactly("One moment.");
        run.submits("sunny")
                .becomes(COMPLETED)
                .says("One moment.", "It is sunny.")
                .streamedWhatIsStored();
        assertThat(EventStream.names(run.events()))
                .containsSubsequence(
                        "run.step.delta",
                        "run.step.created",
                        "message.created",
                        "message.completed",
                        "run.step.completed",
                        "run.requires_action",
                        "run.step.completed");
    }

    @Test
    void anEmojiInTwoHalvesIsOneCharacter() {
        var run =
                client.streams(
                        simulate(
                                "{'deltas':[{'content':'Hi '},{'content':'\\ud83d'},{'content':'\\ude00'},{'content':'\\ud83d'}]}"));

        run.becomes(COMPLETED).says("Hi 😀\uFFFD").streamedWhatIsStored();
    }

    @Test
    void anAnswerNeedsNoFinishReason() {
        client.asks(simulate("{'say':'Low tide.','no_finish':true}"))
                .becomes(COMPLETED)
                .says("Low tide.");
    }

    @Test
    void aLimitInsideASuccessIsWaitedOut() {
        client.asks(
                        simulate(
                                "{'body':{'error':{'message':'Slow down.','code':429}},'retry_after':0.01,'times':1,'key':'%s','say':'At last.'}"
                                        .formatted(UUID.randomUUID())))
                .becomes(COMPLETED)
                .says("At last.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'error':{'code':400,'message':'Too long.','status':'INVALID_ARGUMENT'}}]",
                "{'detail':'Too long.'}",
                "{'error':'Too long.'}",
                "'Too long.'"
            })
    void theReasonOfARefusalReachesTheClient(String body) {
        var run = client.asks(simulate("{'status':400,'body':%s}".formatted(body)));

        JsonNode error = run.failsWith("invalid_prompt").object().path("last_error");
        assertThat(error.path("message").asText()).isEqualTo("Too long.");
    }
}
