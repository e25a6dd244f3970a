package dev.threadwell.platform.settings;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of the topics that functions may be bound to. */
@ConfigMapping(prefix = "threadwell.functions")
public interface FunctionConfig {

    /**
     * The names that a function's binding may use. Each stands for the topic {@code
     * function.called.<name>}, which is created at start.
     */
    Optional<List<String>> topics();
}
