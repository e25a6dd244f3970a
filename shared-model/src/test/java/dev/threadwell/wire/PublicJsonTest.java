package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.threadwell.Samples;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.wire.PublicJson.Bindings;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Public JSON contains no internal data, wherever the object is nested. */
class PublicJsonTest {

    private static final List<Tool> TOOLS = Samples.toolsWithSecrets();
    private static final Run RUN = Samples.run(RunStatus.QUEUED).withTools(TOOLS);
    private static final Assistant ASSISTANT = Samples.assistant("asst_1").withTools(TOOLS);

    static Stream<Object> objectsWithTools() {
        return Stream.of(
                RUN,
                ASSISTANT,
                StreamView.of(RUN),
                Page.of(List.of(RUN, RUN), Run::id, false),
                Page.of(List.of(ASSISTANT), Assistant::id, true),
                Map.of("nested", List.of(Map.of("tools", TOOLS))));
    }

    @ParameterizedTest
    @MethodSource("objectsWithTools")
    void neitherSecretsNorBindingsAreShown(Object value) {
        assertThat(everyFormOf(value, Bindings.HIDDEN))
                .allSatisfy(
                        json ->
                                assertThat(json)
                                        .contains("tides", "harbour")
                                        .doesNotContain("secret", "threadwell", "tides.test"));
    }

    @ParameterizedTest
    @MethodSource("objectsWithTools")
    void bindingsAreShownToWhoeverAsksAndSecretsToNobody(Object value) {
        assertThat(everyFormOf(value, Bindings.SHOWN))
                .allSatisfy(
                        json ->
                                assertThat(json)
                                        .contains("threadwell", "https://tides.test/call")
                                        .doesNotContain("secret"));
    }

    private static List<String> everyFormOf(Object value, Bindings bindings) {
        return List.of(
                PublicJson.of(value, bindings).text(),
                new String(PublicJson.pretty(value, bindings), StandardCharsets.UTF_8),
                PublicJson.tree(value, bindings).toString());
    }

    private static RunStep step(StepDetails.ToolCall call) {
        return RunStep.begun(
                "step_1",
                RUN,
                new StepDetails.ToolCalls(
                        List.of(call),
                        new StepDetails.ProviderFields(
                                Map.of("reasoning", "kept_reasoning"),
                                Map.of("call_1", Map.of("signature", "kept_signature")))),
                Samples.NOW.getEpochSecond());
    }

    @Test
    void aCallOfTheCodeInterpreterShowsItsInputAndOutputsAlone() {
        StepDetails.Code code =
                new StepDetails.Code(
                        "print(1)",
                        null,
                        List.of(new ToolOutput.MadeFile("/mnt/data/a.csv", "file-kept")),
                        "kept_note");
        assertThat(calls(step(new StepDetails.CodeInterpreterCall("call_1", code))))
                .isEqualTo(
                        "[{\"id\":\"call_1\",\"type\":\"code_interpreter\",\"code_interpreter\":"
                                + "{\"input\":\"print(1)\",\"outputs\":[]}}]");
    }

    @Test
    void aSearchShowsHowItRankedAndWhatItFoundAlone() {
        StepDetails.Search search =
                new StepDetails.Search(Map.of(), null, "kept_arguments", "kept_note", 7);
        assertThat(calls(step(new StepDetails.FileSearchCall("call_1", search))))
                .isEqualTo(
                        "[{\"id\":\"call_1\",\"type\":\"file_search\",\"file_search\":"
                                + "{\"ranking_options\":{},\"results\":[]}}]");
    }

    @Test
    void whatProvidersWantBackIsNotShown() {
        RunStep step =
                step(
                        new StepDetails.FunctionCall(
                                "call_1", new StepDetails.Function("tides", "{}", null)));
        assertThat(PublicJson.of(step).text()).doesNotContain("kept_", "provider");
        assertThat(Json.compact(step)).contains("kept_reasoning", "kept_signature");
    }

    private static String calls(RunStep step) {
        return PublicJson.tree(step, Bindings.HIDDEN).at("/step_details/tool_calls").toString();
    }

    @Test
    void theTableNamesComponentsThatThereAre() {
        Stream.of(PublicTypes.NEVER_SHOWN, PublicTypes.BINDINGS)
                .flatMap(table -> table.entrySet().stream())
                .forEach(
                        hidden ->
                                assertThat(
                                                Arrays.stream(hidden.getKey().getRecordComponents())
                                                        .map(RecordComponent::getName))
                                        .containsAll(hidden.getValue()));
    }

    /**
     * Fails for any new component that is named like a secret and is not in the table of hidden
     * ones.
     */
    @Test
    void everythingThatIsCalledASecretIsInTheTable() {
        List<JavaField> secrets =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages(
                                        "dev.threadwell.assistant",
                                        "dev.threadwell.run",
                                        "dev.threadwell.thread",
                                        "dev.threadwell.vectorstore",
                                        "dev.threadwell.file",
                                        "dev.threadwell.project")
                                .stream()
                                .flatMap(type -> type.getFields().stream())
                                .filter(
                                        field ->
                                                !field.getModifiers().contains(JavaModifier.STATIC))
                                .filter(
                                        field ->
                                                field.getName()
                                                        .matches("(?i).*(secret|provider).*"))
                                .toList();
        assertThat(secrets)
                .isNotEmpty()
                .allSatisfy(
                        field ->
                                assertThat(
                                                PublicTypes.NEVER_SHOWN.getOrDefault(
                                                        field.getOwner().reflect(), Set.of()))
                                        .as(field.getFullName())
                                        .contains(field.getName()));
    }
}
