package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.api.validation.Body;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.wire.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of the tools that requests may name. */
class ToolRulesTest {

    private static final ToolRule ECHO =
            ToolRule.generic(new ToolKind("echo"), optional("times", between(1, 9)));

    private static Body echo(String json) {
        return Body.of(Body.tree(json.getBytes(StandardCharsets.UTF_8)), ECHO.tool());
    }

    @Test
    void requestsMayNameEveryKindOfTool() {
        assertThat(ToolRules.kinds()).containsExactlyInAnyOrderElementsOf(ToolKind.ALL);
    }

    @Test
    void aToolWithoutATypeOfItsOwnHasWhatTheRequestSays() {
        assertThat(ECHO.read().apply(echo("{\"type\":\"echo\",\"echo\":{\"times\":2}}")))
                .isEqualTo(new Tool.Generic(ECHO.kind(), Map.of("times", 2)));
        assertThat(ECHO.read().apply(echo("{\"type\":\"echo\"}")))
                .isEqualTo(new Tool.Generic(ECHO.kind(), Map.of()));
    }

    @Test
    void aToolWithoutATypeOfItsOwnIsCheckedAllTheSame() {
        assertThatThrownBy(() -> echo("{\"type\":\"echo\",\"echo\":{\"times\":10}}"))
                .hasMessageContaining("times");
        assertThatThrownBy(() -> echo("{\"type\":\"echo\",\"echo\":{\"loud\":true}}"))
                .hasMessageContaining("loud");
    }

    @Test
    void optionsMayStandBesideTheTypeAsWell() {
        assertThat(ECHO.read().apply(echo("{\"type\":\"echo\",\"times\":2}")))
                .isEqualTo(new Tool.Generic(ECHO.kind(), Map.of("times", 2)));
        assertThatThrownBy(() -> echo("{\"type\":\"echo\",\"times\":10}"))
                .hasMessageContaining("times");
    }

    @Test
    void optionsAreGivenInOnePlace() {
        Body both = echo("{\"type\":\"echo\",\"times\":2,\"echo\":{\"times\":2}}");

        assertThatThrownBy(() -> ECHO.read().apply(both))
                .hasMessageContaining("Mutually exclusive parameters: 'echo' and 'times'")
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aKindThatIsNeverCalledHasNoOptionsAndCannotBeForced() {
        ToolRule rule = ToolRule.neverCalled(ToolKind.TEXT_GENERATION);

        assertThat(rule.choice()).isNull();
        assertThatThrownBy(
                        () ->
                                Body.of(
                                        Body.tree(
                                                "{\"type\":\"text_generation\",\"length\":2}"
                                                        .getBytes(StandardCharsets.UTF_8)),
                                        rule.tool()))
                .hasMessageContaining("length");
    }
}
