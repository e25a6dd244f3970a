package dev.threadwell.api.v1;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The older version of the API, {@code OpenAI-Beta: assistants=v1}. */
@ConfigMapping(prefix = "threadwell.v1")
interface VersionOneConfig {

    /** {@code false} gives up the older version, as the original did. */
    @WithDefault("true")
    boolean enabled();

    /** Which models it does not know. */
    Models models();

    /** Patterns of names; one that is empty lets every model in. */
    interface Models {

        /** The pattern of the names of models that it did not get to know. */
        @WithDefault(V1ModelRules.LATER)
        Optional<String> refused();

        /** The pattern of the names of models that could not use the retrieval tool. */
        @WithDefault(V1ModelRules.NOT_RETRIEVING)
        Optional<String> withoutRetrieval();
    }
}
