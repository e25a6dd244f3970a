package dev.threadwell.api.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/** The configured key of the project {@code proj_default}. */
@ConfigMapping(prefix = "threadwell.api-key")
interface ApiKeyConfig {

    /** An API key of the project {@code proj_default}. */
    @WithParentName
    Optional<String> key();
}
