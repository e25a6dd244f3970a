package dev.threadwell.toolworker.ingestion;

import dev.threadwell.platform.metrics.Buckets;
import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The metrics of the files that this worker reads into vector stores. */
@Startup
@ApplicationScoped
class IngestionMetrics {

    static final String COMPLETED = "completed";
    static final String FAILED = "failed";

    private final LabelledCounters files;
    private final Timer duration;

    @Inject
    IngestionMetrics(MeterRegistry registry) {
        files =
                LabelledCounters.register(
                        registry,
                        "threadwell.files.ingested",
                        "Files that were read into vector stores, by how it ended.",
                        "outcome",
                        LabelValues.of(List.of(COMPLETED, FAILED)));
        duration =
                Timer.builder("threadwell.file.ingestion.duration")
                        .description("How long it took to read a file into a vector store.")
                        .serviceLevelObjectives(Buckets.LONG.bounds())
                        .register(registry);
    }

    void ended(String outcome) {
        files.count(outcome);
    }

    void took(long since) {
        duration.record(Duration.ofNanos(System.nanoTime() - since));
    }
}
