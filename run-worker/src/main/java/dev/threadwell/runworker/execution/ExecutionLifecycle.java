package dev.threadwell.runworker.execution;

import static dev.threadwell.runworker.execution.Transition.to;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.execution.ExecutionEffect.AssemblePrompt;
import dev.threadwell.runworker.execution.ExecutionEffect.Conclude;
import dev.threadwell.runworker.execution.ExecutionEffect.Fail;
import dev.threadwell.runworker.execution.ExecutionEffect.JoinSampling;
import dev.threadwell.runworker.execution.ExecutionEffect.Recheck;
import dev.threadwell.runworker.execution.ExecutionEffect.Recover;
import dev.threadwell.runworker.execution.ExecutionEffect.Release;
import dev.threadwell.runworker.execution.ExecutionEffect.Sample;
import dev.threadwell.runworker.execution.ExecutionEffect.Save;
import dev.threadwell.runworker.execution.ExecutionEffect.Show;
import dev.threadwell.runworker.execution.ExecutionEffect.ShowRun;
import dev.threadwell.runworker.execution.ExecutionEffect.ShowToolAnswer;
import dev.threadwell.runworker.execution.ExecutionEvent.Broken;
import dev.threadwell.runworker.execution.ExecutionEvent.EndSaved;
import dev.threadwell.runworker.execution.ExecutionEvent.LeaseLost;
import dev.threadwell.runworker.execution.ExecutionEvent.MessageSaved;
import dev.threadwell.runworker.execution.ExecutionEvent.ModelAsked;
import dev.threadwell.runworker.execution.ExecutionEvent.ModelEnded;
import dev.threadwell.runworker.execution.ExecutionEvent.ModelNotAsked;
import dev.threadwell.runworker.execution.ExecutionEvent.Overtaken;
import dev.threadwell.runworker.execution.ExecutionEvent.PromptAssembled;
import dev.threadwell.runworker.execution.ExecutionEvent.Rechecked;
import dev.threadwell.runworker.execution.ExecutionEvent.Recovered;
import dev.threadwell.runworker.execution.ExecutionEvent.Said;
import dev.threadwell.runworker.execution.ExecutionEvent.SaveOvertaken;
import dev.threadwell.runworker.execution.ExecutionEvent.StopRequested;
import dev.threadwell.runworker.execution.ExecutionState.Ending;
import dev.threadwell.runworker.execution.ExecutionState.Prompting;
import dev.threadwell.runworker.execution.ExecutionState.Recovering;
import dev.threadwell.runworker.execution.ExecutionState.Released;
import dev.threadwell.runworker.execution.ExecutionState.Sampling;
import dev.threadwell.runworker.execution.ExecutionState.Saving;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of an execution: a pure function of its state and an event.
 *
 * <pre>
 *   Recovering ──▶ Prompting ──▶ Sampling ◀──▶ Saving
 *       │              │             │            │
 *       └──────────────┴─────────────┴────────────┴──▶ Ending ──▶ Released
 * </pre>
 *
 * An event that a state does not expect is late or repeated, and is ignored.
 */
final class ExecutionLifecycle {

    /** No tokens have been recorded yet, and no write has failed. */
    private static final Ending NOTHING_SAVED = new Ending(false, 0);

    /** The result of the turn is being saved, with its tokens. */
    private static final Ending CONCLUDING = new Ending(true, 0);

    private ExecutionLifecycle() {}

    /** The first transition of an execution. */
    static Transition start(StartReason reason) {
        return switch (reason) {
            case StartReason.Fresh(var sampling) ->
                    to(new Prompting(), new ShowRun(), new JoinSampling(sampling));
            case StartReason.ToolsAnswered(var step, var callId) ->
                    to(new Prompting(), new ShowToolAnswer(step, callId), new AssemblePrompt());
            case StartReason.TakenOver _ -> to(new Recovering(null, false), new Recover());
            case StartReason.Condemned(var error, var fresh) ->
                    fresh
                            ? to(new Recovering(error, false), new ShowRun(), new Recover())
                            : to(new Recovering(error, false), new Recover());
        };
    }

    /** The transition for this event in this state. */
    static Transition next(ExecutionState state, ExecutionEvent event) {
        return switch (state) {
            case Recovering recovering -> recovering(recovering, event);
            case Prompting prompting -> prompting(prompting, event);
            case Sampling sampling -> sampling(sampling, event);
            case Saving saving -> saving(saving, event);
            case Ending ending -> ending(ending, event);
            case Released released -> to(released);
        };
    }

    private static Transition recovering(Recovering state, ExecutionEvent event) {
        return switch (event) {
            case Recovered(var row) -> recovered(state, row);
            case StopRequested _, Rechecked _ -> to(new Recovering(state.failure(), true));
            case LeaseLost _ -> Transition.lost();
            case Broken _ -> Transition.broken(NOTHING_SAVED);
            case PromptAssembled _, ModelAsked _, ModelNotAsked _, Said _, ModelEnded _ ->
                    to(state);
            case MessageSaved _, SaveOvertaken _, EndSaved _, Overtaken _ -> to(state);
        };
    }

    private static Transition recovered(Recovering state, RunRow row) {
        RunError failure = state.failure();
        if (row.run().status() != RunStatus.IN_PROGRESS) {
            return Transition.overtaken(row, NOTHING_SAVED);
        }
        if (failure != null) {
            return to(CONCLUDING, new Fail(failure, true));
        }
        return state.stopRequested()
                ? to(new Prompting(), new AssemblePrompt(), new Recheck())
                : to(new Prompting(), new AssemblePrompt());
    }

    private static Transition prompting(Prompting state, ExecutionEvent event) {
        return switch (event) {
            case PromptAssembled(var result) -> assembled(result);
            case ModelAsked _ -> to(new Sampling());
            case ModelNotAsked _ -> to(state, new AssemblePrompt());
            case StopRequested _ -> to(state, new Recheck());
            case Rechecked rechecked -> rechecked(state, rechecked.row());
            case Broken _ -> Transition.broken(NOTHING_SAVED);
            case Recovered _, Said _, ModelEnded _, MessageSaved _, SaveOvertaken _ -> to(state);
            case EndSaved _, Overtaken _, LeaseLost _ -> to(state);
        };
    }

    private static Transition assembled(PromptResult result) {
        return switch (result) {
            case PromptResult.Request request -> to(new Sampling(), new Sample(request));
            case PromptResult.NothingLeft(var limit) ->
                    to(
                            CONCLUDING,
                            new Conclude(
                                    new TurnResult.CutShort(null, null, limit, Usage.NONE), true));
            case PromptResult.Failed(var error) -> to(CONCLUDING, new Fail(error, true));
        };
    }

    private static Transition sampling(Sampling state, ExecutionEvent event) {
        return switch (event) {
            case Said(var output) -> drained(output, false, null);
            case ModelEnded(var output, var end) -> drained(output, false, end);
            case ModelNotAsked _ -> to(new Prompting(), new AssemblePrompt());
            case StopRequested _ -> to(state, new Recheck());
            case Rechecked rechecked -> rechecked(state, rechecked.row());
            case Broken _ -> Transition.broken(NOTHING_SAVED);
            case Recovered _, PromptAssembled _, ModelAsked _, MessageSaved _ -> to(state);
            case SaveOvertaken _, EndSaved _, Overtaken _, LeaseLost _ -> to(state);
        };
    }

    private static Transition saving(Saving state, ExecutionEvent event) {
        return switch (event) {
            case Said(var output) when state.listens() ->
                    to(new Saving(state.backlog().with(output), state.stopRequested(), null));
            case ModelEnded(var output, var end) when state.listens() ->
                    to(new Saving(state.backlog().with(output), state.stopRequested(), end));
            case MessageSaved _ ->
                    drained(state.backlog().all(), state.stopRequested(), state.end());
            // What the model wrote before the run was stopped is saved nevertheless.
            case SaveOvertaken(var output) -> to(stopping(state), new Save(output));
            case StopRequested _, Rechecked _ -> to(stopping(state));
            case LeaseLost _ -> Transition.lost();
            case Broken _ -> Transition.broken(NOTHING_SAVED);
            case Said _, ModelEnded _, Recovered _, PromptAssembled _, ModelAsked _ -> to(state);
            case ModelNotAsked _, EndSaved _, Overtaken _ -> to(state);
        };
    }

    private static Saving stopping(Saving state) {
        return new Saving(state.backlog(), true, state.end());
    }

    private static Transition ending(Ending state, ExecutionEvent event) {
        return switch (event) {
            case EndSaved _ -> to(new Released(), new Release(false));
            case Overtaken(var row) -> Transition.overtaken(row, state);
            // The save was in flight when something else failed.
            case SaveOvertaken(var output) -> to(state, new Save(output));
            case LeaseLost _ -> Transition.lost();
            case Broken _ -> Transition.broken(state);
            // A result that is complete before the request to stop wins over it.
            case StopRequested _, Rechecked _ -> to(state);
            case Recovered _, PromptAssembled _, ModelAsked _, ModelNotAsked _ -> to(state);
            case Said _, ModelEnded _, MessageSaved _ -> to(state);
        };
    }

    /** Publishes the output up to the next message that has to be saved before its end is shown. */
    private static Transition drained(
            List<TurnOutput> output, boolean stopRequested, @Nullable TurnResult end) {
        List<ExecutionEffect> effects = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            switch (output.get(i)) {
                case TurnOutput.Emit event -> effects.add(new Show(event));
                case TurnOutput.Save save -> {
                    effects.add(new Save(save));
                    Backlog rest = Backlog.of(output.subList(i + 1, output.size()));
                    return new Transition(new Saving(rest, stopRequested, end), effects);
                }
            }
        }
        if (end != null) {
            effects.add(new Conclude(end, true));
            return new Transition(CONCLUDING, effects);
        }
        if (stopRequested) {
            effects.add(new Recheck());
        }
        return new Transition(new Sampling(), effects);
    }

    private static Transition rechecked(ExecutionState state, @Nullable RunRow row) {
        if (row == null) {
            return Transition.lost();
        }
        return row.run().status() == RunStatus.IN_PROGRESS
                ? to(state)
                : Transition.overtaken(row, NOTHING_SAVED);
    }
}
