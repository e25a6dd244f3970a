package dev.threadwell.api.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/** The configured key of the administration. */
@ConfigMapping(prefix = "threadwell.admin-key")
interface AdminKeyConfig {

    /**
     * A key of the administration API, which makes projects and keys. It opens no project. Without
     * it only admin keys that were made before open the administration.
     */
    @WithParentName
    Optional<String> key();
}
