package dev.threadwell.platform.outbox;

import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message for Kafka that reports a committed change. */
public record OutboxMessage(String topic, String key, Map<String, String> headers, String payload) {

    /** A message whose payload is the value's JSON. */
    public static OutboxMessage of(String topic, String threadId, Object payload) {
        return new OutboxMessage(topic, threadId, Map.of(), Json.compact(payload));
    }

    /**
     * The message with the context of the span that sends it, for the consumer to continue; this
     * message if there is none.
     */
    public OutboxMessage tracedBy(@Nullable String context) {
        if (context == null) {
            return this;
        }
        Map<String, String> with = new LinkedHashMap<>(headers);
        with.put(Tracing.HEADER, context);
        return new OutboxMessage(topic, key, with, payload);
    }

    /**
     * The public announcement that a run has changed: a CloudEvent 1.0 in binary mode. Its id is
     * the same at every delivery. Clients can read the topic, so it contains the run's public view.
     *
     * @param version the run's version; it grows with every change, including those that are not
     *     announced
     */
    public static OutboxMessage announced(String projectId, Run run, int version, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", run.id() + "." + version);
        headers.put("ce_source", "/projects/" + projectId);
        headers.put("ce_type", StreamEventName.of(run.status()).wire());
        headers.put("ce_subject", run.id());
        headers.put("ce_time", now.toString());
        headers.put("ce_sequence", Integer.toString(version));
        headers.put("content-type", "application/json");
        return new OutboxMessage(
                Topics.RUN_ANNOUNCED, run.threadId(), headers, PublicJson.of(run).text());
    }
}
