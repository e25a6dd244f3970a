package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.stream.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts requests by outcome and keeps the last requests for inspection by tests. */
final class Stats {
    private static final int MOST_REQUESTS = 100;
    private static final long MOST_BYTES = 32L << 20;

    private volatile Counts counts = new Counts();
    private final Deque<Received> received = new ArrayDeque<>();
    private long receivedBytes;

    private record Received(ObjectNode body, int bytes, @Nullable String refused) {}

    /**
     * The counters since the last reset. A request that began before a reset keeps counting on the
     * old instance.
     */
    private static final class Counts {
        final LongAdder started = new LongAdder();
        final LongAdder finished = new LongAdder();
        final LongAdder aborted = new LongAdder();
        final LongAdder faulted = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder tokensSent = new LongAdder();
    }

    Progress accepted(ObjectNode body, int bytes) {
        remember(new Received(body, bytes, null));
        Counts now = counts;
        now.started.increment();
        return progress(now);
    }

    void refused(@Nullable ObjectNode body, int bytes, String why) {
        if (body != null) {
            remember(new Received(body, bytes, why));
        }
        Counts now = counts;
        now.started.increment();
        now.refused.increment();
    }

    synchronized void reset() {
        counts = new Counts();
        received.clear();
        receivedBytes = 0;
    }

    /**
     * Returns the counters and the last requests whose messages or prompt contain the given text.
     */
    synchronized ObjectNode object(String containing) {
        Counts now = counts;
        long finished = now.finished.sum();
        long aborted = now.aborted.sum();
        long faulted = now.faulted.sum();
        long refused = now.refused.sum();
        long started = now.started.sum();
        ObjectNode object =
                SimulatorJson.object()
                        .put("started", started)
                        .put("under_way", started - finished - aborted - faulted - refused)
                        .put("finished", finished)
                        .put("aborted", aborted)
                        .put("faulted", faulted)
                        .put("refused", refused)
                        .put("tokens_sent", now.tokensSent.sum());
        ArrayNode last = object.putArray("last_requests");
        for (Received request : received) {
            if (containing.isEmpty()
                    || contains(request.body().path("messages"), containing)
                    || contains(request.body().path("prompt"), containing)) {
                last.add(describe(request));
            }
        }
        return object;
    }

    private synchronized void remember(Received request) {
        received.addLast(request);
        receivedBytes += request.bytes();
        while (received.size() > MOST_REQUESTS
                || (receivedBytes > MOST_BYTES && received.size() > 1)) {
            receivedBytes -= received.removeFirst().bytes();
        }
    }

    private static ObjectNode describe(Received request) {
        JsonNode messages = request.body().path("messages");
        ObjectNode parameters = request.body().deepCopy();
        parameters.remove("messages");
        parameters.remove("model");
        ObjectNode described =
                SimulatorJson.object()
                        .put("model", request.body().path("model").asText())
                        .put("message_count", messages.size())
                        .put("tools_offered", !request.body().path("tools").isEmpty())
                        .put("refused", request.refused());
        described.set("messages", messages);
        described.set("parameters", parameters);
        return described;
    }

    private static boolean contains(JsonNode node, String text) {
        if (node.isTextual()) {
            return node.textValue().contains(text);
        }
        for (JsonNode child : node) {
            if (contains(child, text)) {
                return true;
            }
        }
        return false;
    }

    private static Progress progress(Counts counts) {
        return new Progress() {
            @Override
            public void sent(int tokens) {
                counts.tokensSent.add(tokens);
            }

            @Override
            public void finished() {
                counts.finished.increment();
            }

            @Override
            public void faulted() {
                counts.faulted.increment();
            }

            @Override
            public void aborted() {
                counts.aborted.increment();
            }
        };
    }
}
