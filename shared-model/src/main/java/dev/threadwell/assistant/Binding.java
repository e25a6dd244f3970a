package dev.threadwell.assistant;

import org.jspecify.annotations.Nullable;

/**
 * How the system executes a function: by an HTTP endpoint, or by another service that consumes a
 * Kafka topic.
 *
 * @param http the endpoint; null if the function is bound to a topic
 * @param topic the topic's name in the installation's settings; null if the function is bound to an
 *     endpoint
 * @param timeoutSeconds the timeout of a call, in seconds
 * @param repeatable whether the function is idempotent, so that a call that may have been executed
 *     can be retried
 * @param secretId the id of the secret with the endpoint's headers and the key that signs requests;
 *     never shown
 */
public record Binding(
        @Nullable Http http,
        @Nullable String topic,
        int timeoutSeconds,
        boolean repeatable,
        @Nullable String secretId) {

    /** An endpoint that receives calls as POST requests. */
    public record Http(String url) {}

    /** This binding with another secret. */
    public Binding withSecret(@Nullable String id) {
        return new Binding(http, topic, timeoutSeconds, repeatable, id);
    }

    /** The URL that the secret is valid for, or null. */
    public @Nullable String url() {
        return http == null ? null : http.url();
    }
}
