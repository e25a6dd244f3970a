package dev.threadwell.runworker.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of one attempt. Text and calls are passed on at once; finish reason, usage and
 * provider fields at the end, so that an attempt without content has no effect and can be retried.
 */
final class ResponseReader {

    /** More than any model writes; also the maximum length of one message or one call. */
    private static final int LONGEST_ANSWER = 1_048_576;

    /** Longer pieces are split, so that an event stays small. */
    private static final int LONGEST_PIECE = 8_192;

    /** The maximum size of the provider fields of all calls of an answer. */
    private static final int LONGEST_FIELDS = ProviderFields.LONGEST_TEXT;

    private static final int LONGEST_EVENT = 4 * 1024 * 1024;
    private static final String DONE = "[DONE]";

    private final ProviderFields kept = new ProviderFields();
    private byte[] unfinished = {};
    private boolean hasDeltas;
    private boolean hasSaid;
    private boolean isDone;
    private int length;
    private int fieldsLength;
    private Map<String, Object> lastFields = Map.of();
    private @Nullable String finished;
    private @Nullable Usage usage;

    /** The provider reports an error in its answer. */
    static final class Reported extends IOException {

        private final transient ProviderError error;

        private Reported(ProviderError error) {
            super("the provider reports an error in its answer");
            this.error = error;
        }

        ProviderError error() {
            return error;
        }
    }

    /** The answer exceeds the maximum length. */
    static final class TooLong extends IOException {

        private TooLong() {
            super("the answer does not end");
        }
    }

    /**
     * Takes the value of a data line.
     *
     * @param event the name of the event, or an empty text
     * @return the events that are passed on
     * @throws IOException if it is not JSON, reports an error, or is too much
     */
    List<ModelEvent> data(String event, byte[] data) throws IOException {
        byte[] whole = joined(data);
        if (isDone(whole)) {
            isDone = true;
            return List.of();
        }
        if (event.equals("error")) {
            unfinished = new byte[0];
            throw new Reported(ProviderError.in(whole));
        }
        JsonNode chunk;
        try {
            chunk = tree(whole);
        } catch (JsonEOFException e) {
            // The JSON may continue in the next data lines of the event.
            unfinished = whole;
            return List.of();
        }
        unfinished = new byte[0];
        return chunk(chunk);
    }

    private static boolean isDone(byte[] data) {
        return data.length < 2 * DONE.length()
                && new String(data, StandardCharsets.UTF_8).strip().equals(DONE);
    }

    private byte[] joined(byte[] line) throws TooLong {
        if (unfinished.length == 0) {
            return line;
        }
        if (unfinished.length + line.length > LONGEST_EVENT) {
            throw new TooLong();
        }
        byte[] joined = Arrays.copyOf(unfinished, unfinished.length + 1 + line.length);
        joined[unfinished.length] = '\n';
        System.arraycopy(line, 0, joined, unfinished.length + 1, line.length);
        return joined;
    }

    /** Takes the end of an event; fails if its JSON is incomplete. */
    void endOfEvent() throws IOException {
        if (unfinished.length > 0) {
            throw new IOException("an event is not JSON");
        }
    }

    /** Takes an answer that is not an event stream but one or several JSON values. */
    List<ModelEvent> whole(byte[] body) throws IOException {
        List<ModelEvent> events = new ArrayList<>();
        String text = new String(body, StandardCharsets.UTF_8);
        try (MappingIterator<JsonNode> values =
                Json.mapper().readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (value.isArray() && !ProviderError.isIn(value, false)) {
                    for (JsonNode chunk : value) {
                        events.addAll(chunk(chunk));
                    }
                } else {
                    events.addAll(chunk(value));
                }
            }
        }
        return events;
    }

    /** Parses JSON leniently: invalid UTF-8 becomes U+FFFD and does not fail the run. */
    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonEOFException e) {
            throw e;
        } catch (JsonProcessingException e) {
            return Json.mapper().readTree(new String(json, StandardCharsets.UTF_8));
        }
    }

    private List<ModelEvent> chunk(JsonNode chunk) throws IOException {
        if (ProviderError.isIn(chunk, false)) {
            throw new Reported(ProviderError.inChunk(chunk));
        }
        List<ModelEvent> passedOn = new ArrayList<>();
        for (ModelEvent event : ChunkReader.read(chunk, !hasDeltas)) {
            switch (event) {
                case ModelEvent.Text(var value) -> pieces(value, passedOn, ModelEvent.Text::new);
                case ModelEvent.Refusal(var value) ->
                        pieces(value, passedOn, ModelEvent.Refusal::new);
                case ModelEvent.Call call -> call(call, passedOn);
                case ModelEvent.ProviderFields(var fields) -> kept.add(fields);
                case ModelEvent.Finished(var word) -> finished = FinishReasons.of(word);
                case ModelEvent.Spent(var spent) ->
                        usage = usage == null || spent.totalTokens() > 0 ? spent : usage;
            }
        }
        hasDeltas |= !ChunkReader.firstChoice(chunk.path("choices")).path("delta").isEmpty();
        hasSaid |= !passedOn.isEmpty();
        if (FinishReasons.ERROR.equals(finished)) {
            throw new Reported(ProviderError.NONE);
        }
        return passedOn;
    }

    private interface Piece {

        ModelEvent of(String value);
    }

    private void pieces(String value, List<ModelEvent> passedOn, Piece piece) throws TooLong {
        count(value.length());
        for (int start = 0; start < value.length(); start += LONGEST_PIECE) {
            int end = Math.min(start + LONGEST_PIECE, value.length());
            passedOn.add(piece.of(value.substring(start, end)));
        }
    }

    private void call(ModelEvent.Call call, List<ModelEvent> passedOn) throws TooLong {
        count(call.arguments().length());
        count(call.name() == null ? 0 : call.name().length());
        count(call.id() == null ? 0 : call.id().length());
        passedOn.add(
                new ModelEvent.Call(
                        call.index(),
                        call.indexed(),
                        call.id(),
                        call.name(),
                        call.arguments(),
                        call.isJson(),
                        fields(call.providerFields())));
    }

    /**
     * The fields of a call piece within the size limit; fields that a provider repeats with every
     * piece are counted once.
     */
    private Map<String, Object> fields(Map<String, Object> given) {
        if (given.isEmpty() || given.equals(lastFields)) {
            return given;
        }
        lastFields = given;
        int size = ProviderFields.sizeOf(given, 0);
        if (size > LONGEST_FIELDS - fieldsLength) {
            return Map.of();
        }
        fieldsLength += size;
        return ProviderFields.withoutHalves(given);
    }

    private void count(int characters) throws TooLong {
        length += characters;
        if (length > LONGEST_ANSWER) {
            throw new TooLong();
        }
    }

    /** Whether the provider has sent {@code [DONE]}. */
    boolean isDone() {
        return isDone;
    }

    /** Whether there is an answer, which is empty if there is only a finish reason. */
    boolean isAnswer() {
        return hasSaid || finished != null;
    }

    /** The events of the answer as a whole: provider fields, finish reason and usage. */
    List<ModelEvent> end() {
        List<ModelEvent> events = new ArrayList<>();
        if (!kept.whole().isEmpty()) {
            events.add(new ModelEvent.ProviderFields(kept.whole()));
        }
        if (finished != null) {
            events.add(new ModelEvent.Finished(finished));
        }
        if (usage != null) {
            events.add(new ModelEvent.Spent(usage));
        }
        return events;
    }
}
