package dev.threadwell.api.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of requests and connections of an API node. */
@ConfigMapping(prefix = "threadwell.http")
public interface HttpConfig {

    /** The maximum size of a body that is not a file, in bytes. */
    @WithDefault("33554432")
    int maxBodyBytes();

    /**
     * The maximum number of JSON values in such a body: objects, arrays, strings, numbers, booleans
     * and nulls.
     */
    @WithDefault("100000")
    int maxBodyValues();

    /**
     * The memory for all request bodies that a node has at a time; 40 % of the heap if it is not
     * set. A request that does not fit is answered with 503 at once. A body counts three times its
     * size, plus 300 bytes for each value.
     */
    OptionalLong bodyMemoryBytes();

    /**
     * How long a request may take until its answer begins; then it is answered with 503. Uploads
     * and imports are not limited, and long polls may take longer.
     */
    @WithDefault("30s")
    Duration requestTimeout();

    /** How long a client may send nothing in the middle of a request, or on a new connection. */
    @WithDefault("30s")
    Duration readTimeout();

    /**
     * How long an idle connection stays open between two requests. It should be longer than the
     * idle timeout of a load balancer in front of the node.
     */
    @WithDefault("75s")
    Duration keepAlive();

    /**
     * The maximum number of connections of a node; further ones are answered with 503 and closed.
     */
    @WithDefault("10000")
    int maxConnections();

    /**
     * The requests per minute that a project may send to each node; further ones are answered with
     * the original's 429. Unlimited if it is not set.
     */
    Optional<Integer> requestsPerMinute();

    /**
     * How long a node that shuts down ({@code SIGTERM}) waits for its requests, streams included;
     * long polls are answered at once. A longer stream is cut off, and can be resumed on another
     * node. Where streams are long and nodes are often replaced, increase this time together with
     * the grace period of the cluster.
     */
    @WithDefault("5s")
    Duration drain();
}
