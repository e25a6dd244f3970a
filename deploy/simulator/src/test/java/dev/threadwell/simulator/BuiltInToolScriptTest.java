package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the script uses a code interpreter and a file search that it is offered. */
class BuiltInToolScriptTest {

    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static Chat offered(Chat chat) {
        return chat.offering("code_interpreter", "Executes Python code.", schema("code"))
                .offering("file_search", "Searches files.", schema("query"));
    }

    private static String schema(String parameter) {
        return "{\"type\":\"object\",\"required\":[\"%1$s\"],\"properties\":{\"%1$s\":{\"type\":\"string\"}}}"
                .formatted(parameter);
    }

    private static JsonNode call(Chat chat) throws Exception {
        JsonNode calls = simulator.complete(offered(chat)).message().path("tool_calls");
        assertThat(calls).hasSize(1);
        return calls.get(0).path("function");
    }

    private static String code(Chat chat) throws Exception {
        JsonNode call = call(chat);
        assertThat(call.path("name").asText()).isEqualTo("code_interpreter");
        return Chat.json(call.path("arguments").asText()).path("code").asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "用代码计算 1234567 的平方根|print(math.sqrt(1234567))",
                "Tell me 12.5 * (3 + 4)|print(12.5 * (3 + 4))",
                "I need to solve the equation `3x + 11 = 14`. Can you help me|a, b, c = 3, 11, 14",
                "Solve x - 2 = -1|a, b, c = 1, -2, -1"
            })
    void arithmeticIsDoneByCode(String said, String line) throws Exception {
        var chat = Chat.user(said).offering("code_interpreter", "Executes.", schema("code"));

        String arguments =
                simulator.complete(chat).message().at("/tool_calls/0/function/arguments").asText();

        assertThat(Chat.json(arguments).path("code").asText()).contains(line);
    }

    @Test
    void aTableThatThePromptNamesIsReadAndDrawnAsOftenAsTheUserSays() throws Exception {
        var chat =
                Chat.empty()
                        .message(
                                "system",
                                "Files that code can open:\n/mnt/data/file-1 is covid.csv")
                        .message("user", "Create 3 data visualizations based on the trends.");

        assertThat(code(chat)).contains("read_csv(\"/mnt/data/file-1\"", "range(3 ", "plt.show()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"从课程介绍看，AGI课堂适合哪些人", "What is Filip's favorite food?"})
    void aQuestionIsSearchedForAsItIs(String said) throws Exception {
        JsonNode call = call(Chat.user(said));

        assertThat(call.path("name").asText()).isEqualTo("file_search");
        assertThat(Chat.json(call.path("arguments").asText()).path("query").asText())
                .isEqualTo(said);
    }

    @Test
    void aGreetingNeedsNoTool() throws Exception {
        assertThat(simulator.complete(offered(Chat.user("Hello"))).message().has("tool_calls"))
                .isFalse();
    }

    @Test
    void aToolThatIsDemandedIsCalledWhateverWasSaid() throws Exception {
        var chat =
                Chat.user("Hello")
                        .with(
                                "tool_choice",
                                "{\"type\":\"function\",\"function\":{\"name\":\"code_interpreter\"}}");

        assertThat(code(chat)).startsWith("print(");
    }

    @Test
    void whatWasFoundIsCitedByItsMarker() throws Exception {
        var chat =
                Chat.user("What is his favorite food?")
                        .calling("call_1", "file_search")
                        .output(
                                "call_1",
                                "Found, the best first:\n\n【4:0†foods.txt】\nPizza\n\n【4:1†b.txt】\nPie");

        assertThat(simulator.complete(offered(chat)).content())
                .contains("not a real model", "\"Pizza\"【4:0†foods.txt】.")
                .doesNotContain("Pie");
    }

    @Test
    void filesThatCodeHasWrittenAreLinkedTo() throws Exception {
        var chat =
                Chat.user("Make a table")
                        .calling("call_1", "code_interpreter")
                        .output(
                                "call_1",
                                "x".repeat(400)
                                        + "\nFile written: [a.csv](sandbox:/mnt/data/a.csv)");

        assertThat(simulator.complete(offered(chat)).content())
                .endsWith(" [a.csv](sandbox:/mnt/data/a.csv)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Describe this", "What is in the picture?", "这张照片里有什么"})
    void aReaderOfPicturesIsAskedWhatWasSaidAboutAPicture(String said) throws Exception {
        JsonNode function =
                simulator.complete(reading(said)).message().at("/tool_calls/0/function");

        assertThat(function.path("name").asText()).isEqualTo("image_to_text");
        assertThat(Chat.json(function.path("arguments").asText()).path("question").asText())
                .isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Good morning", "Draw a picture of a boat", "画一只猫的图"})
    void aReaderOfPicturesIsNotAskedAboutAnythingElse(String said) throws Exception {
        assertThat(simulator.complete(reading(said)).message().has("tool_calls")).isFalse();
    }

    @Test
    void theNamesOfPicturesAreNoPartOfTheQuestion() throws Exception {
        JsonNode function =
                simulator
                        .complete(reading("What is this?\n[picture file-1]"))
                        .message()
                        .at("/tool_calls/0/function");

        assertThat(Chat.json(function.path("arguments").asText()).path("question").asText())
                .isEqualTo("What is this?");
    }

    private static Chat reading(String said) {
        return Chat.user(said).offering("image_to_text", "Reads pictures.", schema("question"));
    }
}
