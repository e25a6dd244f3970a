package dev.threadwell.api.v1;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The older version of the API, {@code OpenAI-Beta: assistants=v1}. */
@ConfigMapping(prefix = "threadwell.v1")
interface VersionOneConfig {

    /** {@code false} disables the older version, as the original API has done. */
    @WithDefault("true")
    boolean enabled();

    /** The models that the older version refuses. */
    Models models();

    /** Patterns of model names; an empty one allows every model. */
    interface Models {

        /** The pattern of the models that appeared after v1. */
        @WithDefault(V1ModelRules.LATER)
        Optional<String> refused();

        /** The pattern of the models that could not use the retrieval tool. */
        @WithDefault(V1ModelRules.NOT_RETRIEVING)
        Optional<String> withoutRetrieval();
    }
}
