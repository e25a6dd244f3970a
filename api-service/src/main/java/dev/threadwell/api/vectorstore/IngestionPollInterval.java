package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.vectorstore.IngestionStatus;
import io.vertx.ext.web.RoutingContext;

/** Tells clients that poll the ingestion of files when to ask again. */
final class IngestionPollInterval {

    private static final String SOON = "200";

    private IngestionPollInterval() {}

    static void tell(RoutingContext http, IngestionStatus status) {
        if (status == IngestionStatus.IN_PROGRESS) {
            ResponseHeaders.pollAfter(http, SOON);
        }
    }
}
