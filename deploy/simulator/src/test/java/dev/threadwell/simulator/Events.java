package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client got as a stream of events, with the time of each. */
record Events(List<Event> all) {
    /** One event's data, and when it came. */
    record Event(String data, long nanos) {}

    List<JsonNode> chunks() {
        return all.stream()
                .map(Event::data)
                .filter(d -> !d.equals("[DONE]"))
                .map(Chat::json)
                .toList();
    }

    boolean isDone() {
        return !all.isEmpty() && all.getLast().data().equals("[DONE]");
    }

    Stream<JsonNode> deltas() {
        return chunks().stream().map(c -> c.at("/choices/0/delta"));
    }

    List<String> pieces(String field) {
        return deltas().map(d -> d.path(field))
                .filter(t -> t.isTextual() && !t.textValue().isEmpty())
                .map(JsonNode::textValue)
                .toList();
    }

    String text() {
        return String.join("", pieces("content"));
    }

    List<JsonNode> callDeltas() {
        return deltas().map(d -> d.at("/tool_calls/0")).filter(JsonNode::isObject).toList();
    }

    String argumentsOf(int index) {
        return callDeltas().stream()
                .filter(c -> c.path("index").intValue() == index)
                .map(c -> c.at("/function/arguments").asText())
                .collect(Collectors.joining());
    }

    List<String> finishReasons() {
        return chunks().stream()
                .map(c -> c.at("/choices/0/finish_reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    /** The times at which text came. */
    List<Long> textTimes() {
        var times = new ArrayList<Long>();
        for (Event event : all) {
            if (!event.data().equals("[DONE]")
                    && !Chat.json(event.data())
                            .at("/choices/0/delta/content")
                            .asText("")
                            .isEmpty()) {
                times.add(event.nanos());
            }
        }
        return times;
    }
}
