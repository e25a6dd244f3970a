package dev.threadwell.persistence.run;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.Usage;

/**
 * A step with the tokens that it has used.
 *
 * @param spent the tokens, which the step itself shows only when it has ended
 */
public record StepWithUsage(RunStep step, Usage spent) {

    /** Whether the step is in progress. */
    public boolean open() {
        return step.status() == StepStatus.IN_PROGRESS;
    }

    /** The changed step with the same tokens. */
    public StepWithUsage with(RunStep changed) {
        return new StepWithUsage(changed, spent);
    }
}
