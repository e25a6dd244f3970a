package dev.threadwell.search.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where files are searched. */
@ConfigMapping(prefix = "threadwell.file-search")
interface FileSearchConfig {

    /**
     * Where indexes are kept, in the system's directory for temporary files if it is not set. They
     * can be lost, and each process takes a directory of its own below.
     */
    Optional<String> directory();

    /** An OpenSearch that all processes search in instead. */
    OpenSearch opensearch();

    /** How OpenSearch is reached. */
    interface OpenSearch {

        /** Its address; without one, each process has indexes of its own. */
        Optional<String> url();

        /** The user who asks. */
        Optional<String> user();

        /** The password of the user. */
        Optional<String> password();

        /** The whole {@code Authorization} header, instead of user and password. */
        Optional<String> authorization();

        /** The name of the index, which installations must not share. */
        @WithDefault("threadwell-chunks")
        String index();

        /** Among how many shards the index divides the stores when it is made. */
        @WithDefault("3")
        int shards();
    }
}
