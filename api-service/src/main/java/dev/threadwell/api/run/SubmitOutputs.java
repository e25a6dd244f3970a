package dev.threadwell.api.run;

import dev.threadwell.persistence.run.RunCommand;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RunEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a run what the client's functions returned, so that it goes on.
 *
 * @param partition where the events of the run go if they went nowhere before; null if the client
 *     does not ask for a stream
 */
record SubmitOutputs(ToolOutputs outputs, @Nullable Integer partition) implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.OutputsSubmitted(outputs.callIds());
    }

    /** All streams of a run are written to one partition, so the one that it has is kept. */
    @Override
    public RunRow row(RunRow moved) {
        return moved.streamedOn(
                partition == null || moved.stream() == null ? partition : moved.stream());
    }

    @Override
    public List<StepWithUsage> steps(List<StepWithUsage> open, Instant now) {
        return outputs.fill(open, now.getEpochSecond());
    }
}
