package dev.threadwell.api.model;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which models clients see and may use. */
@ConfigMapping(prefix = "threadwell.models")
interface ModelListConfig {

    /** Names of models that may not be used. */
    Optional<List<String>> refused();

    /** Names of models that the provider has without listing them. */
    Optional<List<String>> added();
}
