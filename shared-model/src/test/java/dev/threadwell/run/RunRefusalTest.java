package dev.threadwell.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.run.RunEvent.CancelRequested;
import dev.threadwell.run.RunEvent.MetadataChanged;
import dev.threadwell.run.RunEvent.OutputsSubmitted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With which words the lifecycle of a run refuses what clients ask for. */
class RunRefusalTest {

    private static final Instant BEFORE_DEADLINE = Samples.NOW.plusSeconds(599);

    private static String refusal(RunStatus from, RunEvent event) {
        return ((Decision.Refuse) RunLifecycle.decide(Samples.run(from), event, BEFORE_DEADLINE))
                .message();
    }

    @ParameterizedTest
    @EnumSource(value = RunStatus.class, names = "REQUIRES_ACTION", mode = EnumSource.Mode.EXCLUDE)
    void outputsNobodyWaitsForAreRefusedWithTheStatus(RunStatus status) {
        assertThat(refusal(status, new OutputsSubmitted(List.of("call_a"))))
                .isEqualTo("Runs in status \"" + status.wire() + "\" do not accept tool outputs.");
    }

    @Test
    void outputsForOtherCallsAreRefusedWithBothLists() {
        RunStatus waiting = RunStatus.REQUIRES_ACTION;
        assertThat(refusal(waiting, new OutputsSubmitted(List.of("call_a"))))
                .isEqualTo(
                        "Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a']");
        assertThat(refusal(waiting, new OutputsSubmitted(List.of("call_a", "call_c"))))
                .isEqualTo(
                        "Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a',"
                                + " 'call_c']");
        assertThat(refusal(waiting, new OutputsSubmitted(List.of("call_a", "call_a"))))
                .isEqualTo(
                        "Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a',"
                                + " 'call_a']");
        assertThat(refusal(waiting, new OutputsSubmitted(List.of())))
                .isEqualTo("Expected tool outputs for call_ids ['call_a', 'call_b'], got []");
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLING", "CANCELLED", "FAILED", "COMPLETED", "INCOMPLETE", "EXPIRED"})
    void aCancelThatComesTooLateIsRefusedWithTheStatus(RunStatus status) {
        assertThat(refusal(status, new CancelRequested(false)))
                .isEqualTo("Cannot cancel run with status '" + status.wire() + "'.");
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "IN_PROGRESS", "REQUIRES_ACTION", "CANCELLING"})
    void metadataOfAnActiveRunIsRefusedWithTheStatus(RunStatus status) {
        assertThat(refusal(status, new MetadataChanged(Map.of())))
                .isEqualTo("Cannot update run with status '" + status.wire() + "'.");
    }
}
