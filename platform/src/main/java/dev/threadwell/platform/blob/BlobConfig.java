package dev.threadwell.platform.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where the bytes of files are kept; all processes of an installation have to agree on it. */
@ConfigMapping(prefix = "threadwell.blobs")
public interface BlobConfig {

    /** A directory that all processes share. */
    Optional<String> directory();

    /** The bucket of an S3-compatible store. */
    S3 s3();

    /** How the bucket is reached; when a bucket is named, there is no directory. */
    interface S3 {

        /** The bucket's name; it has to exist. */
        Optional<String> bucket();

        /** Where the store is, when it is not Amazon's. */
        Optional<URI> endpoint();

        /** The bucket's region. */
        @WithDefault("us-east-1")
        String region();

        /** Who asks; without it, the environment's usual AWS credentials are taken. */
        Optional<String> accessKey();

        /** The secret of the access key. */
        Optional<String> secretKey();
    }
}
