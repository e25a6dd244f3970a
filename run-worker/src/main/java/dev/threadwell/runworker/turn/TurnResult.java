package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.RunError;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a turn. */
public sealed interface TurnResult {

    /** The token usage of this sampling. */
    Usage usage();

    /** The model's answer is complete. */
    record Answered(Written written, Usage usage) implements TurnResult {}

    /**
     * A token limit cut the answer, perhaps in the middle of a call; {@code reason} is for the
     * run's {@code incomplete_details}.
     */
    record CutShort(
            @Nullable Written written, @Nullable StepWithUsage step, String reason, Usage usage)
            implements TurnResult {}

    /**
     * The model called tools: the client's functions, built-in ones, or both.
     *
     * @param behind the message with the text after the calls
     */
    record Called(
            StepWithUsage step,
            List<RequiredAction.Call> functions,
            List<StepDetails.ToolCall> builtIns,
            @Nullable Behind behind,
            Usage usage)
            implements TurnResult {

        public List<Message> messages() {
            return behind == null ? List.of() : List.of(behind.written().message());
        }

        public List<StepWithUsage> steps() {
            return behind == null ? List.of(step) : List.of(step, behind.written().step());
        }

        /** The events that are published after the message is saved. */
        public List<TurnOutput.Emit> shownWhenSaved() {
            return behind == null ? List.of() : behind.events();
        }
    }

    /**
     * A complete message that the model wrote after its calls, while their step is still open.
     *
     * @param events the events from the beginning of the message's step to its end
     */
    record Behind(Written written, List<TurnOutput.Emit> events) {}

    /** The model failed, perhaps in the middle of a message or a step. */
    record Failed(
            @Nullable Written written, @Nullable StepWithUsage step, RunError error, Usage usage)
            implements TurnResult {}

    /** An ended message and its step. */
    record Written(Message message, StepWithUsage step) {}
}
