package dev.threadwell.platform.settings;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which topics functions may be bound to. */
@ConfigMapping(prefix = "threadwell.functions")
public interface FunctionConfig {

    /**
     * The names of topics that functions may be bound to; each is the topic {@code
     * function.called.<name>}, which is made at the start.
     */
    Optional<List<String>> topics();
}
