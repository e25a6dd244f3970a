package dev.threadwell.api.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of requests and connections of an API node. */
@ConfigMapping(prefix = "threadwell.http")
public interface HttpConfig {

    /** How many bytes a body may have that is not a file. */
    @WithDefault("33554432")
    int maxBodyBytes();

    /** How many values such a body may have: objects, arrays, strings, numbers, booleans, nulls. */
    @WithDefault("100000")
    int maxBodyValues();

    /**
     * How much memory the bodies that a node holds at a time may take up, 40 % of the heap if it is
     * not set; what does not fit is answered with a 503 at once. A body counts three times its
     * size, and 300 bytes for each value.
     */
    OptionalLong bodyMemoryBytes();

    /**
     * How long a request may take until its answer begins; then it is answered with a 503. Uploads
     * and imports are not timed, and helpers that poll may wait longer.
     */
    @WithDefault("30s")
    Duration requestTimeout();

    /** How long a client may send nothing in the middle of a request, or on a new connection. */
    @WithDefault("30s")
    Duration readTimeout();

    /**
     * How long a connection stays open between two requests; more than a load balancer in front
     * keeps its own idle.
     */
    @WithDefault("75s")
    Duration keepAlive();

    /**
     * How many connections a node has at most; beyond it, they are answered with a 503 and closed.
     */
    @WithDefault("10000")
    int maxConnections();

    /**
     * How many requests a minute a project may make to each node; beyond it, the original's 429 is
     * answered. Unlimited if it is not set.
     */
    Optional<Integer> requestsPerMinute();

    /**
     * How long a node that is told to stop ({@code SIGTERM}) goes on answering what it has been
     * asked, streams included; those who poll are answered at once. A stream that lasts longer
     * breaks off, and can be resumed on another node. Where streams are long and nodes often
     * replaced, make it longer, and what the cluster grants with it.
     */
    @WithDefault("5s")
    Duration drain();
}
