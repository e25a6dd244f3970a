package dev.threadwell.api.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long old objects are kept; a project may have policies of its own. Nothing is deleted unless
 * it is set.
 */
@ConfigMapping(prefix = "threadwell.retention")
public interface RetentionConfig {

    /**
     * How long threads are kept, with their messages and runs, after the last message or run was
     * written in them. Threads with active runs are left alone.
     */
    Optional<Duration> threads();

    /** How long files are kept after their creation. Those in vector stores are left alone. */
    Optional<Duration> files();

    /** The purposes of the files that are deleted. */
    @WithDefault("assistants_output,user_data,vision")
    List<String> filePurposes();

    /** How long idempotency keys are kept after their first use. */
    @WithDefault("24h")
    Duration idempotencyKeys();

    /** The pause between two searches for old threads and files, which one node makes. */
    @WithDefault("1h")
    Duration every();
}
