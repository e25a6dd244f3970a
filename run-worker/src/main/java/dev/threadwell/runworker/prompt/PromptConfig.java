package dev.threadwell.runworker.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalLong;

/** How much of a conversation a model is shown, and how much memory that may take. */
@ConfigMapping(prefix = "threadwell.worker")
public interface PromptConfig {

    /** How many messages of a thread, at most, a model is shown. */
    @WithDefault("1000")
    int newestMessages();

    /** How many bytes all large prompts may take in memory together; a quarter of the heap. */
    OptionalLong promptBytes();

    /** How many bytes of pictures, at most, go along with a request to a model; the newest do. */
    @WithDefault("20971520")
    long pictureBytes();
}
