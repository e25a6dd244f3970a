package dev.threadwell.runworker.hold;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** How a run worker works. */
@ConfigMapping(prefix = "threadwell.worker")
public interface WorkerConfig {

    /** How many runs it holds at most; beyond that it takes nothing, and the lag stays in Kafka. */
    @WithDefault("500")
    int maxRuns();

    /** After how long without a heartbeat its runs are given to others. */
    @WithDefault("6s")
    Duration lease();

    /** How long it goes on with the runs that it holds when it is told to stop. */
    @WithDefault("5s")
    Duration drain();

    /** The pause between two heartbeats, and between two looks for orphaned and overdue runs. */
    @WithDefault("1s")
    Duration heartbeat();

    /** How many messages of a thread, at most, a model is shown. */
    @WithDefault("1000")
    int newestMessages();

    /** How many bytes all large prompts may take in memory together; a quarter of the heap. */
    OptionalLong promptBytes();

    /** How many bytes of pictures, at most, go along with a request to a model; the newest do. */
    @WithDefault("20971520")
    long pictureBytes();
}
