package dev.threadwell.platform.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of the blob store; all processes of an installation need the same values. */
@ConfigMapping(prefix = "threadwell.blobs")
public interface BlobConfig {

    /** The directory of the blobs, which all processes share. */
    Optional<String> directory();

    /** The bucket of an S3-compatible store. */
    S3 s3();

    /** Settings of an S3-compatible bucket. A bucket and a directory exclude each other. */
    interface S3 {

        /** The name of the bucket, which has to exist. */
        Optional<String> bucket();

        /** The store's endpoint, if it is not Amazon's. */
        Optional<URI> endpoint();

        /** The bucket's region. */
        @WithDefault("us-east-1")
        String region();

        /**
         * The access key. If it or the secret key is missing, the AWS SDK's default credentials are
         * used.
         */
        Optional<String> accessKey();

        /** The secret of the access key. */
        Optional<String> secretKey();
    }
}
