package dev.threadwell.persistence.run;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.Usage;

/**
 * A step and the tokens that it has spent.
 *
 * @param spent shown by the step itself only when it has ended
 */
public record StepWithUsage(RunStep step, Usage spent) {

    /** Whether the step goes on. */
    public boolean open() {
        return step.status() == StepStatus.IN_PROGRESS;
    }

    /** The same tokens, with the step changed. */
    public StepWithUsage with(RunStep changed) {
        return new StepWithUsage(changed, spent);
    }
}
