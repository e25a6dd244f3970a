package dev.threadwell.api.model;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The models that clients see and may use. */
@ConfigMapping(prefix = "threadwell.models")
interface ModelListConfig {

    /** The names of models that must not be used. */
    Optional<List<String>> refused();

    /** The names of models that the provider has but does not list. */
    Optional<List<String>> added();
}
