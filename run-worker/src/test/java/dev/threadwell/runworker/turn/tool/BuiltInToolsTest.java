package dev.threadwell.runworker.turn.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table contains every built-in tool. */
class BuiltInToolsTest {

    /** The kinds that are no built-in tools: the model gets them as functions. */
    private static final Set<ToolKind> FUNCTIONS = Set.of(ToolKind.FUNCTION, ToolKind.MCP);

    static List<ToolKind> builtIn() {
        return ToolKind.ALL.stream()
                .filter(kind -> !FUNCTIONS.contains(kind))
                .filter(kind -> !ToolKind.NEVER_CALLED.contains(kind))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyKindThatIsNoFunctionHasItsTool(ToolKind kind) {
        assertThat(BuiltInTools.ALL.of(kind))
                .isNotNull()
                .extracting(BuiltInTool::kind)
                .isEqualTo(kind);
    }

    @Test
    void aKindHasOneTool() {
        assertThatThrownBy(() -> BuiltInTools.ALL.with(new FileSearchTool()))
                .hasMessageContaining("file_search");
    }

    @Test
    void aCallThatANewerVersionHasMadeIsToldAsItWasAnswered() {
        CallView view =
                BuiltInTools.ALL.view(
                        new StepDetails.GenericCall(
                                "call_1",
                                new ToolKind("tides"),
                                Map.of(),
                                "{\"port\":\"Brest\"}",
                                ToolOutput.Result.of("Low at six.")));

        assertThat(view.arguments()).isEqualTo("{\"port\":\"Brest\"}");
        assertThat(view.text()).isEqualTo("Low at six.");
    }
}
