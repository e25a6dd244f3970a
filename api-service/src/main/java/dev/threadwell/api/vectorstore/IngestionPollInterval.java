package dev.threadwell.api.vectorstore;

import dev.threadwell.vectorstore.IngestionStatus;
import io.vertx.ext.web.RoutingContext;

/**
 * Sets the header that tells a polling client when to ask again; without it some wait for five
 * seconds.
 */
final class IngestionPollInterval {

    private static final String HEADER = "openai-poll-after-ms";
    private static final String SOON = "200";

    private IngestionPollInterval() {}

    static void tell(RoutingContext http, IngestionStatus status) {
        if (status == IngestionStatus.IN_PROGRESS) {
            http.response().putHeader(HEADER, SOON);
        }
    }
}
