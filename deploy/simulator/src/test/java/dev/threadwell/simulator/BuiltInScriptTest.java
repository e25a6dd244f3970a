package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInScriptTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String WEATHER =
            """
            {"type":"object","required":["city","unit","days"],"properties":{
             "city":{"type":"string"},"unit":{"type":"string","enum":["celsius","kelvin"]},
             "days":{"type":"integer"},"note":{"type":"string"}}}""";
    private static final String NOTHING = "{\"type\":\"object\",\"properties\":{}}";

    @Test
    void theSimulatorSaysWhatItIsAndHowToConnectAModel() throws Exception {
        var text = simulator.complete(Chat.user("Good morning")).content();

        assertThat(text)
                .contains(
                        "built-in model simulator, not a real model",
                        "\"Good morning\"",
                        "MODEL_BASE_URL",
                        "MODEL_API_KEY");
    }

    @Test
    void aDirectionIsNotQuoted() throws Exception {
        var chat = Chat.user("Good simulate {\"gap_ms\":1} evening");

        assertThat(simulator.complete(chat).content()).contains("\"Good evening\"");
    }

    @Test
    void aFunctionWhoseNameTheUserSaysIsCalledWithArgumentsOfItsSchema() throws Exception {
        var message = simulator.complete(weather("What is the weather in New York?")).message();

        assertThat(message.at("/tool_calls/0/function/name").asText()).isEqualTo("get_weather");
        assertThat(Chat.json(message.at("/tool_calls/0/function/arguments").asText()))
                .isEqualTo(Chat.json("{\"city\":\"New York\",\"unit\":\"celsius\",\"days\":1}"));
    }

    @Test
    void withoutANameInTheTextArgumentsAreTheirOwnNames() throws Exception {
        var message = simulator.complete(weather("tell me the weather")).message();

        assertThat(message.at("/tool_calls/0/function/arguments").asText())
                .contains("\"city\":\"city\"");
    }

    @Test
    void theFirstWordsOfADescriptionCountToo() throws Exception {
        var chat = Chat.user("Any forecast?").offering("fc", "Looks up the forecast", NOTHING);

        assertThat(simulator.complete(chat).message().path("tool_calls")).hasSize(1);
    }

    @Test
    void allFunctionsThatAreMeantAreCalledInParallel() throws Exception {
        var chat = weather("Weather and news, please").offering("read_news", "", NOTHING);

        assertThat(simulator.complete(chat).message().path("tool_calls")).hasSize(2);
    }

    @Test
    void onlyOneIsCalledWhenParallelCallsAreOff() throws Exception {
        var chat =
                weather("Weather and news, please")
                        .offering("read_news", "", NOTHING)
                        .with("parallel_tool_calls", "false");

        assertThat(simulator.complete(chat).message().path("tool_calls")).hasSize(1);
    }

    @Test
    void nothingIsCalledWhenNothingIsMeant() throws Exception {
        assertThat(simulator.complete(weather("Hello")).message().has("tool_calls")).isFalse();
    }

    @Test
    void nothingIsCalledWhenTheRequestForbidsIt() throws Exception {
        var chat = weather("What is the weather?").with("tool_choice", "\"none\"");

        assertThat(simulator.complete(chat).message().has("tool_calls")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"required\"",
                "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}"
            })
    void aFunctionIsCalledWhenTheRequestDemandsIt(String choice) throws Exception {
        var message = simulator.complete(weather("Hello").with("tool_choice", choice)).message();

        assertThat(message.at("/tool_calls/0/function/name").asText()).isEqualTo("get_weather");
    }

    @Test
    void outputsAreQuotedAndTheFunctionIsNotCalledAgain() throws Exception {
        var chat =
                weather("What is the weather?")
                        .calling("c1", "get_weather")
                        .output("c1", "rain, 12 degrees")
                        .with("tool_choice", "\"required\"");

        var message = simulator.complete(chat).message();

        assertThat(message.path("content").asText())
                .contains("get_weather returned: \"rain, 12 degrees\"");
        assertThat(message.has("tool_calls")).isFalse();
    }

    @Test
    void aNewUserMessageStartsAnew() throws Exception {
        var chat =
                weather("What is the weather?")
                        .calling("c1", "get_weather")
                        .output("c1", "rain")
                        .message("assistant", "It rains.")
                        .message("user", "And the weather now?");

        assertThat(simulator.complete(chat).message().path("tool_calls")).hasSize(1);
    }

    @Test
    void aJsonObjectIsGivenWhenAskedFor() throws Exception {
        var chat = Chat.user("As JSON!").with("response_format", "{\"type\":\"json_object\"}");

        assertThat(Chat.json(simulator.complete(chat).content()).path("answer").asText())
                .contains("simulator");
    }

    @Test
    void aSchemaIsKeptWhenGiven() throws Exception {
        var chat =
                Chat.user("Hello")
                        .with(
                                "response_format",
                                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"w\",\"schema\":"
                                        + WEATHER
                                        + "}}");

        assertThat(Chat.json(simulator.complete(chat).content()))
                .isEqualTo(Chat.json("{\"city\":\"city\",\"unit\":\"celsius\",\"days\":1}"));
    }

    @Test
    void usageIsTheSameForTheSameRequestAndGrowsWithIt() throws Exception {
        var once = simulator.complete(Chat.user("Hello")).json().path("usage");
        var again = simulator.complete(Chat.user("Hello")).json().path("usage");
        var more = simulator.complete(Chat.user("Hello to all of you")).json().path("usage");

        assertThat(again).isEqualTo(once);
        assertThat(more.path("prompt_tokens").asInt())
                .isEqualTo(once.path("prompt_tokens").asInt() + 4);
    }

    @Test
    void aStreamReportsUsageWhenAskedTo() throws Exception {
        var events =
                simulator.stream(
                        Chat.simulate("{\"tokens\":50}")
                                .with("stream_options", "{\"include_usage\":true}"));

        var last = events.chunks().getLast();
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(50);
        assertThat(events.chunks().getFirst().path("usage").isNull()).isTrue();
        assertThat(events.isDone()).isTrue();
    }

    @Test
    void aStreamIsSilentAboutUsageOtherwise() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"tokens\":2}"));

        assertThat(events.chunks()).noneMatch(c -> c.has("usage"));
    }

    private static Chat weather(String question) {
        return Chat.user(question).offering("get_weather", "Tells it for a place.", WEATHER);
    }
}
