package dev.threadwell.runworker.turn;

import dev.threadwell.run.Ids;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.wire.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sampling of the model: takes what it says piece by piece, returns what clients see and what
 * is saved, in the order of BEHAVIOUR 7.1 and 7.2. A message begins with its first text and not
 * before, because clients stumble over one that ends without content.
 */
public final class Turn {

    private final Run run;
    private final InstantSource clock;
    private final ToolCallsInProgress calls;

    private @Nullable RunStep step;
    private @Nullable Message message;
    private final StringBuilder text = new StringBuilder();
    private boolean refusal;
    private @Nullable String finished;
    private Usage usage = Usage.NONE;

    public Turn(Run run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
        this.calls = new ToolCallsInProgress(run);
    }

    /** Takes the next piece. */
    public List<Output> on(ModelEvent event) {
        List<Output> out = new ArrayList<>();
        switch (event) {
            case ModelEvent.Text said -> said(said.value(), false, out);
            case ModelEvent.Refusal said -> said(said.value(), true, out);
            case ModelEvent.Call call -> called(call, out);
            case ModelEvent.Finished end -> finished = end.reason();
            case ModelEvent.Spent spent -> usage = spent.usage();
        }
        return out;
    }

    /** Whether the model has said anything that cannot be unsaid. */
    public boolean hasBegun() {
        return step != null;
    }

    private void said(String value, boolean refused, List<Output> out) {
        if (value.isEmpty()) {
            return;
        }
        Message writing = message;
        boolean first = writing == null;
        if (writing == null) {
            writing = beginMessage(refused, out);
        }
        text.append(value);
        out.add(
                new Output.Emit(
                        "thread.message.delta",
                        refused
                                ? Deltas.refusal(writing.id(), value)
                                : Deltas.text(writing.id(), value, first)));
    }

    private Message beginMessage(boolean refused, List<Output> out) {
        refusal = refused;
        Message begun =
                Message.begun(Ids.message(), now(), run.assistantId(), run.threadId(), run.id());
        message = begun;
        beginStep(new StepDetails.MessageCreation(new StepDetails.Created(begun.id())), out);
        byte[] data = Json.bytes(begun);
        out.add(new Output.Emit("thread.message.created", data));
        out.add(new Output.Emit("thread.message.in_progress", data));
        return begun;
    }

    private RunStep beginStep(StepDetails details, List<Output> out) {
        RunStep begun = RunStep.begun(Ids.step(), run, details, now());
        step = begun;
        byte[] data = Json.bytes(begun);
        out.add(new Output.Emit("thread.run.step.created", data));
        out.add(new Output.Emit("thread.run.step.in_progress", data));
        return begun;
    }

    private void called(ModelEvent.Call call, List<Output> out) {
        if (message != null) {
            endMessageBeforeCalls(out);
        }
        RunStep current = step;
        if (current == null || !calls.begun()) {
            current = beginStep(new StepDetails.ToolCalls(List.of()), out);
        }
        calls.take(call, current.id(), out);
    }

    /** What the model says before it calls tools is a message and a step of its own. */
    private void endMessageBeforeCalls(List<Output> out) {
        TurnEnd.Written written = completed(Usage.NONE);
        if (written != null) {
            out.add(new Output.Save(written.message(), written.step()));
            out.add(new Output.Emit("thread.message.completed", Json.bytes(written.message())));
            out.add(
                    new Output.Emit(
                            "thread.run.step.completed", Json.bytes(written.step().step())));
        }
        message = null;
        step = null;
        text.setLength(0);
    }

    /** The model's stream has ended as it should, or without saying why. */
    public TurnEnd end() {
        String reason = finished;
        if (reason == null) {
            return failed(RunError.server());
        }
        if (reason.equals("content_filter")) {
            return failed(
                    new RunError(
                            "invalid_prompt",
                            "The model's answer was withheld by its content filter."));
        }
        if (reason.equals("length")) {
            return cutShort();
        }
        if (calls.begun() && step != null) {
            return called(step);
        }
        TurnEnd.Written written = completed(usage);
        return written == null
                ? new TurnEnd.Answered(emptyAnswer(), usage)
                : new TurnEnd.Answered(written, usage);
    }

    private TurnEnd called(RunStep current) {
        OpenStep open = new OpenStep(current.with(calls.details()), usage);
        return new TurnEnd.Called(open, calls.functions(), calls.builtIns(), usage);
    }

    /** A model that says nothing has answered with an empty text: clients expect a message. */
    private TurnEnd.Written emptyAnswer() {
        Message begun =
                Message.begun(Ids.message(), now(), run.assistantId(), run.threadId(), run.id());
        message = begun;
        step =
                RunStep.begun(
                        Ids.step(),
                        run,
                        new StepDetails.MessageCreation(new StepDetails.Created(begun.id())),
                        now());
        return written(begun.completed(content(), now()), step.completed(now(), usage));
    }

    private TurnEnd cutShort() {
        if (calls.begun()) {
            // Half a call cannot be executed.
            return failed(RunError.server());
        }
        TurnEnd.Written written =
                message == null || step == null
                        ? null
                        : written(
                                message.incomplete(content(), "max_tokens", now()),
                                step.completed(now(), usage));
        return new TurnEnd.CutShort(written, "max_completion_tokens", usage);
    }

    /** The sampling failed; what there is of a message or a step ends with it. */
    public TurnEnd failed(RunError error) {
        RunStep open = step;
        RunStep ended = open == null ? null : open.failed(error, now(), usage);
        TurnEnd.Written written =
                message == null || ended == null
                        ? null
                        : written(message.incomplete(content(), "run_failed", now()), ended);
        OpenStep lone =
                written == null && ended != null
                        ? new OpenStep(ended.with(calls.details()), usage)
                        : null;
        return new TurnEnd.Failed(written, lone, error, usage);
    }

    /** What there is when the run ends from outside: cancelled, expired. */
    public Partial partial(String reason) {
        RunStep open = step;
        return new Partial(
                message == null ? null : message.incomplete(content(), reason, now()),
                open == null
                        ? null
                        : new OpenStep(
                                calls.begun() ? open.with(calls.details()) : open, Usage.NONE));
    }

    /** An incomplete message, and the step that was still open. */
    public record Partial(@Nullable Message message, @Nullable OpenStep step) {}

    private TurnEnd.@Nullable Written completed(Usage spent) {
        return message == null || step == null
                ? null
                : written(message.completed(content(), now()), step.completed(now(), spent));
    }

    private TurnEnd.Written written(Message ended, RunStep endedStep) {
        return new TurnEnd.Written(ended, new OpenStep(endedStep, usage));
    }

    private List<MessageContent> content() {
        return List.of(
                refusal
                        ? new MessageContent.Refusal(text.toString())
                        : MessageContent.Text.of(text.toString()));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
