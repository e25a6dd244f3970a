package dev.threadwell.api.stream;

import dev.threadwell.wire.ApiError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of the last event that a client has seen: its position in {@code run.stream}. */
record LastEventId(int partition, long offset) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})-([0-9]{1,18})");

    static LastEventId parse(String text, int partitions) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) >= partitions) {
            throw ApiError.badRequest(
                            "Invalid 'Last-Event-ID': '%s'. Expected the ID of an event."
                                    .formatted(text),
                            "Last-Event-ID",
                            "invalid_value")
                    .thrown();
        }
        return new LastEventId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
    }
}
