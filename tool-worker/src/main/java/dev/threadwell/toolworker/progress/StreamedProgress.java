package dev.threadwell.toolworker.progress;

import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.platform.outbox.TopicSetup;
import dev.threadwell.run.RunStep;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.PublicJson;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Writes passing events to the partition of {@code run.stream} that the run's clients read. */
@ApplicationScoped
class StreamedProgress implements CallProgress {

    private static final Logger LOG = Logger.getLogger(StreamedProgress.class);

    private final StreamProducer producer;

    @Inject
    StreamedProgress(StreamProducer producer) {
        this.producer = producer;
    }

    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        producer.prepare();
    }

    @Override
    public void show(ToolRequested call, int number, Map<String, ?> members) {
        ToolRequested.CallStream stream = call.stream();
        if (stream == null) {
            return;
        }
        byte[] delta = delta(call, stream.index(), members);
        if (delta.length > MAX_BYTES) {
            LOG.debugf("progress is too large callId=%s bytes=%d", call.callId(), delta.length);
            return;
        }
        var _ =
                producer.send(
                                stream.partition(),
                                StreamEvent.passing(
                                        call.runId(), number, StreamEventName.STEP_DELTA, delta))
                        .whenComplete((_, failure) -> report(call, failure));
    }

    private static void report(ToolRequested call, Throwable failure) {
        if (failure != null) {
            LOG.infof("progress is not shown callId=%s reason=%s", call.callId(), failure);
        }
    }

    private static byte[] delta(ToolRequested call, int index, Map<String, ?> members) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("index", index);
        shown.put("type", call.tool().name());
        shown.put(call.tool().name(), members);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("type", "tool_calls");
        details.put("tool_calls", List.of(shown));
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("id", call.stepId());
        delta.put("object", RunStep.DELTA_OBJECT);
        delta.put("delta", Map.of("step_details", details));
        return PublicJson.of(delta).bytes();
    }
}
