package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.StreamRecords;
import dev.threadwell.run.Run;
import dev.threadwell.wire.Json;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A change of a run, read from {@code run.announced}.
 *
 * @param version counts the changes of the run
 */
record RunAnnouncement(int version, Run run) {

    static String runId(ConsumerRecord<String, byte[]> found) {
        return StreamRecords.header(found.headers(), "ce_subject");
    }

    static RunAnnouncement of(ConsumerRecord<String, byte[]> found) {
        return new RunAnnouncement(
                Integer.parseInt(StreamRecords.header(found.headers(), "ce_sequence")),
                Json.read(found.value(), Run.class));
    }
}
