package dev.threadwell.runworker.execution;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.threadwell.run.RunError;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.JsonMemoryEstimate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was received. If it is too large for this worker's memory, it is parsed without its
 * parts of unbounded size, so that it can at least be ended with an error.
 *
 * @param tooLarge whether parts were left out
 * @param requested when the request was sent
 * @param cause the context of the span that sent the record, if there is one
 */
public record ReceivedRun(
        RunRequested request, boolean tooLarge, Instant requested, @Nullable String cause) {

    /** The error that such a run ends with. */
    static final RunError TOO_LARGE =
            new RunError(
                    "server_error",
                    "The run cannot be processed: its tools, schemas and settings have too many"
                            + " values.");

    /** The parts of unbounded size, with their replacements. */
    private static final Map<String, String> REPLACED =
            Map.of(
                    "tools", "[]",
                    "tool_resources", "{}",
                    "metadata", "{}",
                    "response_format", "\"auto\"",
                    "tool_choice", "\"auto\"");

    /**
     * Parses a request, in full if its estimated memory is within this limit (see {@link
     * JsonMemoryEstimate}).
     */
    public static ReceivedRun read(
            byte[] json, Instant requested, long mostWeight, @Nullable String cause) {
        boolean tooLarge = JsonMemoryEstimate.of(json) > mostWeight;
        byte[] readable = tooLarge ? withoutLargeParts(json) : json;
        return new ReceivedRun(
                Objects.requireNonNull(Json.read(readable, RunRequested.class)),
                tooLarge,
                requested,
                cause);
    }

    /** Copies the JSON token by token, so that only the text is in memory and no object tree. */
    private static byte[] withoutLargeParts(byte[] json) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (JsonParser from = Json.mapper().createParser(json);
                JsonGenerator to = Json.mapper().createGenerator(copy)) {
            while (from.nextToken() != null) {
                to.copyCurrentEvent(from);
                String replacement =
                        from.currentToken() == JsonToken.FIELD_NAME
                                ? REPLACED.get(from.currentName())
                                : null;
                if (replacement != null) {
                    from.nextToken();
                    from.skipChildren();
                    to.writeRawValue(replacement);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy.toByteArray();
    }
}
