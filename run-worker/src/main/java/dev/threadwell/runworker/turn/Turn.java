package dev.threadwell.runworker.turn;

import dev.threadwell.run.Ids;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sampling of the model: takes what it says piece by piece, returns what clients see and what
 * is saved, in the order of contract 7.1 and 7.2. A message begins with its first text and not
 * before, because clients stumble over one that ends without content.
 */
public final class Turn {

    private final Run run;
    private final InstantSource clock;
    private final ToolCallsInProgress calls;

    /** Those that code has drawn, and that the next message shows. */
    private List<String> images = List.of();

    private Citing citing = new Citing(Sources.NONE);
    private final WholeCharacters text = new WholeCharacters();
    private final WholeCharacters refusal = new WholeCharacters();
    private final StringBuilder textBehind = new StringBuilder();
    private final StringBuilder refusalBehind = new StringBuilder();
    private @Nullable Writing writing;
    private @Nullable RunStep calling;
    private @Nullable String finished;
    private boolean hasSaid;
    private Usage usage = Usage.NONE;

    /** The open step that writes a message, and the message. */
    private record Writing(RunStep step, MessageInProgress message) {}

    public Turn(Run run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
        this.calls = new ToolCallsInProgress(run);
    }

    /** The model is being asked; what it writes can refer to these. */
    public void asked(Sources known) {
        images = known.images();
        citing = new Citing(known);
        calls.searchesFrom(known.nextSearch());
    }

    /** Takes the next piece. */
    public List<Output> on(ModelEvent event) {
        List<Output> out = new ArrayList<>();
        switch (event) {
            case ModelEvent.Text said -> said(said.value(), out);
            case ModelEvent.Refusal said -> refused(said.value(), out);
            case ModelEvent.Call call -> called(call, out);
            case ModelEvent.ProviderFields kept -> calls.providerFields(kept.fields());
            case ModelEvent.Finished end -> finished = end.reason();
            case ModelEvent.Spent spent -> usage = spent.usage();
        }
        return out;
    }

    /**
     * What the model says behind its calls becomes a message of its own when the answer is whole:
     * the step of the calls is open, and clients can follow one step at a time.
     */
    private void said(String piece, List<Output> out) {
        String whole = text.take(piece);
        if (calling == null) {
            write(citing.take(whole), out);
        } else {
            textBehind.append(whole);
        }
    }

    private void refused(String piece, List<Output> out) {
        String whole = refusal.take(piece);
        if (whole.isEmpty()) {
            return;
        }
        if (calling == null) {
            sayTheRest(out);
            emitDelta(message(out).message().refusal(whole), out);
        } else {
            refusalBehind.append(whole);
        }
    }

    private void sayTheRest(List<Output> out) {
        if (calling == null) {
            write(citing.take(text.rest()), out);
            write(citing.rest(), out);
        }
    }

    private void refuseTheRest(List<Output> out) {
        String rest = refusal.rest();
        if (calling == null && !rest.isEmpty()) {
            emitDelta(message(out).message().refusal(rest), out);
        }
    }

    private void write(List<Citing.Said> pieces, List<Output> out) {
        for (Citing.Said piece : pieces) {
            emitDelta(message(out).message().text(piece), out);
        }
    }

    private Writing message(List<Output> out) {
        return writing == null ? beginMessage(out) : writing;
    }

    private void emitDelta(byte[] delta, List<Output> out) {
        hasSaid = true;
        out.add(new Output.Emit("thread.message.delta", delta));
    }

    private Writing beginMessage(List<Output> out) {
        Message message =
                Message.begun(Ids.message(), now(), run.assistantId(), run.threadId(), run.id());
        RunStep step =
                beginStep(
                        new StepDetails.MessageCreation(new StepDetails.Created(message.id())),
                        out);
        byte[] data = Json.bytes(message);
        out.add(new Output.Emit("thread.message.created", data));
        out.add(new Output.Emit("thread.message.in_progress", data));
        Writing begun = new Writing(step, new MessageInProgress(message));
        writing = begun;
        for (String image : images) {
            emitDelta(begun.message().image(image), out);
        }
        images = List.of();
        return begun;
    }

    private RunStep beginStep(StepDetails details, List<Output> out) {
        RunStep begun = RunStep.begun(Ids.step(), run, details, now());
        byte[] data = Json.bytes(begun);
        out.add(new Output.Emit("thread.run.step.created", data));
        out.add(new Output.Emit("thread.run.step.in_progress", data));
        return begun;
    }

    private void called(ModelEvent.Call call, List<Output> out) {
        RunStep step = calling;
        if (step == null) {
            endMessageBeforeCalls(out);
            step = beginStep(new StepDetails.ToolCalls(List.of()), out);
            calling = step;
        }
        calls.take(call, step.id(), out);
    }

    /** What the model says before it calls tools is a message and a step of its own. */
    private void endMessageBeforeCalls(List<Output> out) {
        sayTheRest(out);
        refuseTheRest(out);
        if (writing != null) {
            endMessage(writing, out);
        }
    }

    /** Ends a message that is not the end of its turn; the step of that gets the tokens. */
    private TurnEnd.Written endMessage(Writing whole, List<Output> out) {
        RunStep step = whole.step().completed(now(), Usage.NONE);
        TurnEnd.Written written =
                new TurnEnd.Written(
                        whole.message().completed(now()), new OpenStep(step, Usage.NONE));
        out.add(new Output.Save(written.message(), written.step()));
        out.add(new Output.Emit("thread.message.completed", Json.bytes(written.message())));
        out.add(new Output.Emit("thread.run.step.completed", Json.bytes(step)));
        writing = null;
        return written;
    }

    /** What is still to be shown when the model's stream has ended, and what the turn came to. */
    public record Ending(List<Output> shown, TurnEnd end) {}

    /**
     * The model's stream has ended as it should. One that does not say why it ends is the end of
     * what was said, if that is something whole.
     */
    public Ending end() {
        List<Output> out = new ArrayList<>();
        TurnEnd end =
                switch (finished) {
                    case null -> isWhole() ? ended(out) : failed(RunError.server());
                    case "content_filter" -> withheld();
                    case "length" -> cutShort(out);
                    default -> ended(out);
                };
        return new Ending(out, end);
    }

    private boolean isWhole() {
        return calling == null ? hasSaid : calls.areWhole();
    }

    private TurnEnd ended(List<Output> out) {
        return calling == null ? answered(out) : called(calling, out);
    }

    private TurnEnd called(RunStep step, List<Output> out) {
        calls.end(step.id(), out);
        if (!calls.areNamed()) {
            return failed(
                    new RunError("server_error", "The model called a function without a name."));
        }
        OpenStep open = new OpenStep(step.with(calls.details()), usage);
        return new TurnEnd.Called(open, calls.functions(), calls.builtIns(), behind(), usage);
    }

    private TurnEnd.@Nullable Behind behind() {
        textBehind.append(text.rest());
        refusalBehind.append(refusal.rest());
        if (textBehind.toString().isBlank() && refusalBehind.isEmpty()) {
            return null;
        }
        RunStep open = calling;
        calling = null;
        List<Output> out = new ArrayList<>();
        write(citing.take(textBehind.toString()), out);
        write(citing.rest(), out);
        if (!refusalBehind.isEmpty()) {
            emitDelta(message(out).message().refusal(refusalBehind.toString()), out);
        }
        TurnEnd.Written written = endMessage(message(out), out);
        calling = open;
        return new TurnEnd.Behind(
                written,
                out.stream()
                        .filter(Output.Emit.class::isInstance)
                        .map(Output.Emit.class::cast)
                        .toList());
    }

    /** A model that says nothing has answered with an empty text: clients expect a message. */
    private TurnEnd answered(List<Output> out) {
        sayTheRest(out);
        refuseTheRest(out);
        if (writing == null) {
            write(List.of(new Citing.Said("", null)), out);
        }
        Writing whole = message(out);
        return new TurnEnd.Answered(completed(whole), usage);
    }

    /** Half a call cannot be executed: the run ends at the limit that cut it. */
    private TurnEnd cutShort(List<Output> out) {
        sayTheRest(out);
        refuseTheRest(out);
        TurnEnd.Written written =
                writing == null
                        ? null
                        : new TurnEnd.Written(
                                writing.message().incomplete("max_tokens", now()),
                                ended(writing.step()));
        OpenStep cut = calling == null ? null : ended(calling.with(calls.details()));
        return new TurnEnd.CutShort(written, cut, "max_completion_tokens", usage);
    }

    private TurnEnd withheld() {
        return failed(
                new RunError(
                        "invalid_prompt", "The model's answer was withheld by its content filter."),
                "content_filter");
    }

    /** The sampling failed; what there is of a message or a step ends with it. */
    public TurnEnd failed(RunError error) {
        return failed(error, "run_failed");
    }

    private TurnEnd failed(RunError error, String reason) {
        TurnEnd.Written written =
                writing == null
                        ? null
                        : new TurnEnd.Written(
                                writing.message().incomplete(reason, now()),
                                failed(writing.step(), error));
        OpenStep lone = calling == null ? null : failed(calling.with(calls.details()), error);
        return new TurnEnd.Failed(written, lone, error, usage);
    }

    private OpenStep failed(RunStep step, RunError error) {
        return new OpenStep(step.failed(error, now(), usage), usage);
    }

    /** What there is when the run ends from outside: cancelled, expired. */
    public Partial partial(String reason) {
        if (writing != null) {
            return new Partial(
                    writing.message().incomplete(reason, now()),
                    new OpenStep(writing.step(), Usage.NONE));
        }
        return new Partial(
                null,
                calling == null ? null : new OpenStep(calling.with(calls.details()), Usage.NONE));
    }

    /** An incomplete message, and the step that was still open. */
    public record Partial(@Nullable Message message, @Nullable OpenStep step) {}

    private TurnEnd.Written completed(Writing whole) {
        return new TurnEnd.Written(whole.message().completed(now()), ended(whole.step()));
    }

    private OpenStep ended(RunStep step) {
        return new OpenStep(step.completed(now(), usage), usage);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
