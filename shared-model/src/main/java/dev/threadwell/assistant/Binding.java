package dev.threadwell.assistant;

import org.jspecify.annotations.Nullable;

/**
 * What the system executes a function by: an HTTP endpoint, or whoever reads a topic of Kafka.
 *
 * @param http null if it is a topic
 * @param topic the name that the installation gave it; null if it is an endpoint
 * @param timeoutSeconds how long the model waits for the function
 * @param repeatable whether a call that may have been executed may be executed again
 * @param secretId of the endpoint's headers and of what signs the requests; never shown
 */
public record Binding(
        @Nullable Http http,
        @Nullable String topic,
        int timeoutSeconds,
        boolean repeatable,
        @Nullable String secretId) {

    /** An endpoint that calls are posted to. */
    public record Http(String url) {}

    /** This binding with another secret. */
    public Binding withSecret(@Nullable String id) {
        return new Binding(http, topic, timeoutSeconds, repeatable, id);
    }

    /** The URL that secrets are for, or null. */
    public @Nullable String url() {
        return http == null ? null : http.url();
    }
}
