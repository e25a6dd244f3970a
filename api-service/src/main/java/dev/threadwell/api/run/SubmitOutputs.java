package dev.threadwell.api.run;

import dev.threadwell.persistence.run.RunCommand;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RunEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Submits the outputs of the client's functions to a run, so that it continues.
 *
 * @param partition where the events of the run are written if it has no partition yet; null if the
 *     client does not ask for a stream
 * @param traceparent the context of the request, if it is traced
 */
record SubmitOutputs(ToolOutputs outputs, @Nullable Integer partition, @Nullable String traceparent)
        implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.OutputsSubmitted(outputs.callIds());
    }

    /**
     * Chooses the partition of the run's events. All streams of a run are written to one partition,
     * so an existing one is kept; without a stream there is none.
     */
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
