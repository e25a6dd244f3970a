package dev.threadwell.blob;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where the bytes of files are kept; all processes of an installation have to agree on it. */
@ConfigMapping(prefix = "threadwell.blobs")
public interface BlobConfig {

    /** A directory that all processes share. */
    Optional<String> directory();
}
