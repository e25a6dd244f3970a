package dev.threadwell.runworker.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalLong;

/** Settings of the prompt: limits of the conversation and of the memory. */
@ConfigMapping(prefix = "threadwell.worker")
public interface PromptConfig {

    /** Maximum number of messages of a thread in a prompt. */
    @WithDefault("1000")
    int newestMessages();

    /** Memory for all large prompts together, in bytes; by default a quarter of the heap. */
    OptionalLong promptBytes();

    /** Maximum size of the images in a request, in bytes; the newest images are preferred. */
    @WithDefault("20971520")
    long pictureBytes();
}
