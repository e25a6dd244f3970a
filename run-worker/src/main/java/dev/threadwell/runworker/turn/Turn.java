package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.thread.Message;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sampling of the model: takes its events one by one, and returns the events to publish and the
 * objects to save, in the order of contract 7.1 and 7.2.
 */
public final class Turn {

    private final Run run;
    private final InstantSource clock;
    private final SampledMessages speech;
    private final ToolCallsInProgress calls;
    private @Nullable RunStep calling;
    private @Nullable String finished;
    private Usage usage = Usage.NONE;

    public Turn(Run run, InstantSource clock) {
        this(run, clock, BuiltInTools.ALL);
    }

    /** A turn in which the model may be offered these built-in tools. */
    public Turn(Run run, InstantSource clock, BuiltInTools builtIns) {
        this.run = run;
        this.clock = clock;
        this.speech = new SampledMessages(run, clock);
        this.calls = new ToolCallsInProgress(run, builtIns);
    }

    /** The model call starts; the answer can refer to these sources. */
    public void asked(CitationSources known) {
        speech.refersTo(known);
        calls.numbersFrom(known.nextSearch());
    }

    /** Takes the next event of the model. */
    public List<TurnOutput> on(ModelEvent event) {
        List<TurnOutput> out = new ArrayList<>();
        switch (event) {
            case ModelEvent.Text said -> speech.said(said.value(), out);
            case ModelEvent.Refusal said -> speech.refused(said.value(), out);
            case ModelEvent.Call call -> called(call, out);
            case ModelEvent.ProviderFields kept -> calls.providerFields(kept.fields());
            case ModelEvent.Finished end -> finished = end.reason();
            case ModelEvent.Spent spent -> usage = spent.usage();
        }
        return out;
    }

    private void called(ModelEvent.Call call, List<TurnOutput> out) {
        RunStep step = calling;
        if (step == null) {
            speech.holdBack(out);
            step = SampledMessages.beginStep(run, new StepDetails.ToolCalls(List.of()), now(), out);
            calling = step;
        }
        calls.take(call, step.id(), out);
    }

    /**
     * The last output of the turn, after the end of the model's stream, and the result of the turn.
     */
    public record Ending(List<TurnOutput> shown, TurnResult end) {}

    /**
     * The model's stream has ended without an error. A stream without a finish reason counts as
     * complete if there is some text or only complete calls; otherwise the turn fails.
     */
    public Ending end() {
        List<TurnOutput> out = new ArrayList<>();
        TurnResult end =
                switch (finished) {
                    case null -> isWhole() ? ended(out) : failed(RunError.server());
                    case "content_filter" -> withheld();
                    case "length" -> cutShort(out);
                    default -> ended(out);
                };
        return new Ending(out, end);
    }

    private boolean isWhole() {
        return calling == null ? speech.hasSaid() : calls.areWhole();
    }

    private TurnResult ended(List<TurnOutput> out) {
        return calling == null ? answered(out) : called(calling, out);
    }

    private TurnResult called(RunStep step, List<TurnOutput> out) {
        calls.end(step.id(), out);
        if (!calls.areNamed()) {
            return failed(
                    new RunError("server_error", "The model called a function without a name."));
        }
        StepWithUsage open = new StepWithUsage(step.with(calls.details()), usage);
        return new TurnResult.Called(
                open, calls.functions(), calls.builtIns(), speech.behind(), usage);
    }

    private TurnResult answered(List<TurnOutput> out) {
        SampledMessages.Writing whole = speech.answered(out);
        return new TurnResult.Answered(
                new TurnResult.Written(whole.message().completed(now()), ended(whole.step())),
                usage);
    }

    /**
     * The answer was cut at the token limit. An incomplete call cannot be executed, so the run ends
     * as incomplete.
     */
    private TurnResult cutShort(List<TurnOutput> out) {
        speech.end(out);
        SampledMessages.Writing writing = speech.writing();
        TurnResult.Written written =
                writing == null
                        ? null
                        : new TurnResult.Written(
                                writing.message().incomplete("max_tokens", now()),
                                ended(writing.step()));
        StepWithUsage cut = calling == null ? null : ended(calling.with(calls.details()));
        return new TurnResult.CutShort(written, cut, "max_completion_tokens", usage);
    }

    private TurnResult withheld() {
        return failed(
                new RunError(
                        "invalid_prompt", "The model's answer was withheld by its content filter."),
                "content_filter");
    }

    /** The result of a failed sampling; an open message and an open step end along with it. */
    public TurnResult failed(RunError error) {
        return failed(error, "run_failed");
    }

    private TurnResult failed(RunError error, String reason) {
        SampledMessages.Writing writing = speech.writing();
        TurnResult.Written written =
                writing == null
                        ? null
                        : new TurnResult.Written(
                                writing.message().incomplete(reason, now()),
                                failed(writing.step(), error));
        StepWithUsage lone = calling == null ? null : failed(calling.with(calls.details()), error);
        return new TurnResult.Failed(written, lone, error, usage);
    }

    private StepWithUsage failed(RunStep step, RunError error) {
        return new StepWithUsage(step.failed(error, now(), usage), usage);
    }

    /** The partial output of the turn when its run is cancelled or expires. */
    public Partial partial(String reason) {
        SampledMessages.Writing writing = speech.writing();
        if (writing != null) {
            return new Partial(
                    writing.message().incomplete(reason, now()),
                    new StepWithUsage(writing.step(), Usage.NONE));
        }
        return new Partial(
                null,
                calling == null
                        ? null
                        : new StepWithUsage(calling.with(calls.details()), Usage.NONE));
    }

    /** The open message, ended as incomplete, and the open step. */
    public record Partial(@Nullable Message message, @Nullable StepWithUsage step) {}

    private StepWithUsage ended(RunStep step) {
        return new StepWithUsage(step.completed(now(), usage), usage);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
