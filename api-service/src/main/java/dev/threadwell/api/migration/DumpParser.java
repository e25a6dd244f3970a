package dev.threadwell.api.migration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.threadwell.api.validation.JsonLimits;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Parses the JSON of a dump incrementally and reports where it is invalid. */
final class DumpParser {

    /** The maximum size of an object, a little more than may be stored. */
    private static final int MAX_BYTES = 10 * 1024 * 1024;

    /** More values than any storable object has. */
    private static final int MAX_VALUES = 100_000;

    private enum Where {
        OUTSIDE,
        IN_LIST,
        IN_OBJECT,
        BEHIND_LIST
    }

    private final JsonParser json;
    private final ByteArrayFeeder feeder;
    private final DumpListener listener;
    private Where where = Where.OUTSIDE;
    private @Nullable TokenBuffer object;
    private int depth;
    private int values;
    private boolean atData;
    private int lists;
    private boolean inList;
    private boolean inEnvelope;
    private long line = 1;
    private long begun = 1;
    private long fed;
    private long fedBefore;
    private boolean moved;
    private boolean overLimit;

    /**
     * @param lists the number of lists found before
     */
    DumpParser(DumpListener listener, int lists) {
        try {
            this.json = JsonLimits.factory().createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
        this.listener = listener;
        this.lists = lists;
    }

    int lists() {
        return lists;
    }

    /** The line in which the current object begins. */
    long begun() {
        return where == Where.OUTSIDE ? line : begun;
    }

    /** Whether the last piece contained at least one token that continues what came before. */
    boolean hasMoved() {
        return moved;
    }

    /** Parses a piece; returns false if it is not valid JSON. */
    boolean read(byte[] bytes, int from, int to, long atLine) {
        line = atLine;
        moved = false;
        fed += to - from;
        if (object != null && fed - fedBefore > MAX_BYTES) {
            tooLarge();
        }
        try {
            feeder.feedInput(bytes, from, to);
            takeAll();
            return true;
        } catch (JacksonException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the input; returns whether it was complete. */
    boolean end() {
        feeder.endOfInput();
        try {
            takeAll();
            return where == Where.OUTSIDE;
        } catch (JacksonException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeAll() throws IOException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            moved = true;
            take(token);
            token = json.nextToken();
        }
    }

    private void take(JsonToken token) throws IOException {
        switch (where) {
            case OUTSIDE, IN_LIST -> between(token);
            case IN_OBJECT -> inside(token);
            case BEHIND_LIST -> behind(token);
        }
    }

    private void between(JsonToken token) throws IOException {
        if (token == JsonToken.END_ARRAY) {
            inList = false;
            depth = 1;
            where = inEnvelope ? Where.BEHIND_LIST : Where.OUTSIDE;
            return;
        }
        begun = line;
        if (token == JsonToken.START_ARRAY && where == Where.OUTSIDE) {
            beginList(false);
        } else if (token.isStructStart()) {
            where = Where.IN_OBJECT;
            depth = 1;
            values = 0;
            overLimit = false;
            fedBefore = fed;
            object = token == JsonToken.START_OBJECT ? new TokenBuffer(Json.mapper(), false) : null;
            keep();
        } else {
            listener.broken(line);
        }
    }

    private void beginList(boolean envelope) {
        lists++;
        inList = true;
        inEnvelope = envelope;
        where = Where.IN_LIST;
    }

    private void keep() throws IOException {
        if (object == null) {
            return;
        }
        if (JsonLimits.isValue(json.currentToken()) && ++values > MAX_VALUES) {
            tooLarge();
        } else {
            object.copyCurrentEvent(json);
        }
    }

    /** Skips the rest of the object. */
    private void tooLarge() {
        object = null;
        overLimit = true;
    }

    private void inside(JsonToken token) throws IOException {
        if (atData && token == JsonToken.START_ARRAY) {
            // A top-level data array marks a list; no other object has this field.
            atData = false;
            object = null;
            beginList(true);
            return;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        atData =
                token == JsonToken.FIELD_NAME
                        && depth == 1
                        && !inList
                        && json.currentName().equals("data");
        keep();
        if (depth == 0) {
            emit();
        }
    }

    private void emit() throws IOException {
        where = inList ? Where.IN_LIST : Where.OUTSIDE;
        if (object == null) {
            if (overLimit) {
                listener.tooLarge(begun);
            } else {
                listener.broken(begun);
            }
            return;
        }
        JsonNode tree = object.asParserOnFirstToken().readValueAsTree();
        object = null;
        listener.found(new DumpObject(begun, inList ? lists : 0, tree));
    }

    private void behind(JsonToken token) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
            inEnvelope = false;
            where = Where.OUTSIDE;
        }
    }
}
