package dev.threadwell.api.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of the calls that a dump may have in it. */
class DumpedCallsTest {

    /** Calls of the functions of MCP servers are calls of functions. */
    @Test
    void everyKindOfCallCanBeImported() {
        assertThat(DumpedCalls.rules().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ToolKind.ALL.stream()
                                .filter(kind -> !kind.equals(ToolKind.MCP))
                                .map(ToolKind::name)
                                .toList());
    }

    @Test
    void everyTypeOfCallCanBeImported() {
        long typed =
                Arrays.stream(StepDetails.ToolCall.class.getPermittedSubclasses())
                        .filter(type -> type != StepDetails.GenericCall.class)
                        .count();

        assertThat(DumpedCalls.rules()).hasSizeGreaterThanOrEqualTo((int) typed);
    }
}
