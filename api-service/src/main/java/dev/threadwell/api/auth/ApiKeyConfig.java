package dev.threadwell.api.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/** The key of the project {@code proj_default}. */
@ConfigMapping(prefix = "threadwell.api-key")
interface ApiKeyConfig {

    /** A key that opens the project {@code proj_default}. */
    @WithParentName
    Optional<String> key();
}
