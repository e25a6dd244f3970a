package dev.threadwell.api.stream;

import dev.threadwell.api.auth.AccessChanges;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.topic.AccessChanged;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Dispatches the records of {@code run.stream} and {@code run.announced} to the subscribers of
 * their runs, and those of {@code access.changed} to what remembers keys. An unreadable record or a
 * failing subscriber affects no other.
 */
@ApplicationScoped
class RunEventDispatcher {

    private static final Logger LOG = Logger.getLogger(RunEventDispatcher.class);

    private final RunSubscriptions subscriptions;
    private final AccessChanges access;

    @Inject
    RunEventDispatcher(RunSubscriptions subscriptions, AccessChanges access) {
        this.subscriptions = subscriptions;
        this.access = access;
    }

    void accept(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> found : records.records(Topics.ACCESS_CHANGED)) {
            readable(found, () -> access.apply(Json.read(found.value(), AccessChanged.class)));
        }
        Map<String, List<StreamRecord>> streamed = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> found : records.records(Topics.RUN_STREAM)) {
            readable(found, () -> streamed(found, streamed));
        }
        streamed.forEach(
                (run, events) ->
                        subscriptions
                                .of(run)
                                .forEach(one -> tell(run, () -> one.streamed(events))));
        for (ConsumerRecord<String, byte[]> found : records.records(Topics.RUN_ANNOUNCED)) {
            readable(found, () -> announced(found));
        }
    }

    private void streamed(
            ConsumerRecord<String, byte[]> found, Map<String, List<StreamRecord>> streamed) {
        if (!subscriptions.of(found.key()).isEmpty()) {
            streamed.computeIfAbsent(found.key(), run -> new ArrayList<>())
                    .add(StreamRecord.of(found));
        }
    }

    private void announced(ConsumerRecord<String, byte[]> found) {
        List<RunSubscriber> waiting = subscriptions.of(RunAnnouncement.runId(found));
        if (!waiting.isEmpty()) {
            RunAnnouncement announcement = RunAnnouncement.of(found);
            String run = RunAnnouncement.runId(found);
            waiting.forEach(one -> tell(run, () -> one.announced(announcement)));
        }
    }

    /** Calls one subscriber. If it fails, the others must still be called. */
    private static void tell(String run, Runnable telling) {
        try {
            telling.run();
        } catch (Throwable e) { // An Error of one must not stop the others, either.
            LOG.errorf(e, "a listener has failed runId=%s", run);
        }
    }

    /** Reads one record. If it is unreadable it is skipped, so that the others are still read. */
    private static void readable(ConsumerRecord<String, byte[]> found, Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warnf(
                    "record is not readable topic=%s partition=%d offset=%d reason=%s",
                    found.topic(), found.partition(), found.offset(), e.getClass().getName());
        }
    }
}
