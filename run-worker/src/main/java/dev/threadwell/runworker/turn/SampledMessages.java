package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.Ids;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.text.WholeCharacters;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts the text of one sampling to messages. A message begins only with its first text, because
 * some clients fail on a message that ends without content.
 */
final class SampledMessages {

    private final Run run;
    private final InstantSource clock;

    /** The file ids of images that tools have created, and that the next message shows. */
    private List<String> images = List.of();

    private CitationParser citing = new CitationParser(CitationSources.NONE);
    private final WholeCharacters text = new WholeCharacters();
    private final WholeCharacters refusal = new WholeCharacters();
    private final StringBuilder textBehind = new StringBuilder();
    private final StringBuilder refusalBehind = new StringBuilder();
    private @Nullable Writing writing;
    private boolean heldBack;
    private boolean hasSaid;

    /** The open message and its step. */
    record Writing(RunStep step, MessageInProgress message) {}

    SampledMessages(Run run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
    }

    /** Sets the sources that the text can refer to. */
    void refersTo(CitationSources known) {
        images = known.images();
        citing = new CitationParser(known);
    }

    /** The open message, if there is one. */
    @Nullable Writing writing() {
        return writing;
    }

    /** Whether any delta of a message has been published. */
    boolean hasSaid() {
        return hasSaid;
    }

    /** Takes the next piece of the text. */
    void said(String piece, List<TurnOutput> out) {
        String whole = text.take(piece);
        if (heldBack) {
            textBehind.append(whole);
        } else {
            write(citing.take(whole), out);
        }
    }

    /** Takes the next piece of a refusal. */
    void refused(String piece, List<TurnOutput> out) {
        String whole = refusal.take(piece);
        if (whole.isEmpty()) {
            return;
        }
        if (heldBack) {
            refusalBehind.append(whole);
        } else {
            sayTheRest(out);
            emitDelta(message(out).message().refusal(whole), out);
        }
    }

    /**
     * Ends the text: publishes held-back text that could have become a character, a citation or a
     * link.
     */
    void end(List<TurnOutput> out) {
        if (!heldBack) {
            sayTheRest(out);
            String rest = refusal.rest();
            if (!rest.isEmpty()) {
                emitDelta(message(out).message().refusal(rest), out);
            }
        }
    }

    private void sayTheRest(List<TurnOutput> out) {
        write(citing.take(text.rest()), out);
        write(citing.rest(), out);
    }

    /**
     * Ends the open message, because the model calls tools: the text before the calls is a message
     * and a step of its own. Text after the calls is held back and becomes a message at the end of
     * the answer, because the step of the calls is open and clients can follow only one step at a
     * time.
     */
    void holdBack(List<TurnOutput> out) {
        end(out);
        if (writing != null) {
            endMessage(writing, out);
        }
        heldBack = true;
    }

    /** The message with the text after the calls; null if there is none. */
    TurnResult.@Nullable Behind behind() {
        textBehind.append(text.rest());
        refusalBehind.append(refusal.rest());
        if (textBehind.toString().isBlank() && refusalBehind.isEmpty()) {
            return null;
        }
        List<TurnOutput> out = new ArrayList<>();
        write(citing.take(textBehind.toString()), out);
        write(citing.rest(), out);
        if (!refusalBehind.isEmpty()) {
            emitDelta(message(out).message().refusal(refusalBehind.toString()), out);
        }
        TurnResult.Written written = endMessage(message(out), out);
        return new TurnResult.Behind(
                written,
                out.stream()
                        .filter(TurnOutput.Emit.class::isInstance)
                        .map(TurnOutput.Emit.class::cast)
                        .toList());
    }

    /**
     * Ends the text and returns the message. An empty answer becomes a message with an empty text,
     * because clients expect a message.
     */
    Writing answered(List<TurnOutput> out) {
        end(out);
        if (writing == null) {
            write(List.of(new CitationParser.Said("", null)), out);
        }
        return message(out);
    }

    private void write(List<CitationParser.Said> pieces, List<TurnOutput> out) {
        for (CitationParser.Said piece : pieces) {
            emitDelta(message(out).message().text(piece), out);
        }
    }

    private Writing message(List<TurnOutput> out) {
        return writing == null ? beginMessage(out) : writing;
    }

    private void emitDelta(byte[] delta, List<TurnOutput> out) {
        hasSaid = true;
        out.add(new TurnOutput.Emit(StreamEventName.MESSAGE_DELTA, PublicJson.written(delta)));
    }

    private Writing beginMessage(List<TurnOutput> out) {
        Message message =
                Message.begun(Ids.message(), now(), run.assistantId(), run.threadId(), run.id());
        RunStep step =
                beginStep(
                        run,
                        new StepDetails.MessageCreation(new StepDetails.Created(message.id())),
                        now(),
                        out);
        PublicJson data = PublicJson.of(message);
        out.add(new TurnOutput.Emit(StreamEventName.MESSAGE_CREATED, data));
        out.add(new TurnOutput.Emit(StreamEventName.MESSAGE_IN_PROGRESS, data));
        Writing begun = new Writing(step, new MessageInProgress(message));
        writing = begun;
        for (String image : images) {
            emitDelta(begun.message().image(image), out);
        }
        images = List.of();
        return begun;
    }

    /** Begins a step and publishes its beginning. */
    static RunStep beginStep(Run run, StepDetails details, long now, List<TurnOutput> out) {
        RunStep begun = RunStep.begun(Ids.step(), run, details, now);
        PublicJson data = PublicJson.of(begun);
        out.add(new TurnOutput.Emit(StreamEventName.STEP_CREATED, data));
        out.add(new TurnOutput.Emit(StreamEventName.STEP_IN_PROGRESS, data));
        return begun;
    }

    /**
     * Ends a message in the middle of the turn. Its step has no usage: the turn's last step gets
     * all tokens.
     */
    private TurnResult.Written endMessage(Writing whole, List<TurnOutput> out) {
        RunStep step = whole.step().completed(now(), Usage.NONE);
        TurnResult.Written written =
                new TurnResult.Written(
                        whole.message().completed(now()), new StepWithUsage(step, Usage.NONE));
        out.add(new TurnOutput.Save(written.message(), written.step()));
        out.add(
                new TurnOutput.Emit(
                        StreamEventName.MESSAGE_COMPLETED, PublicJson.of(written.message())));
        out.add(new TurnOutput.Emit(StreamEventName.STEP_COMPLETED, PublicJson.of(step)));
        writing = null;
        return written;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
