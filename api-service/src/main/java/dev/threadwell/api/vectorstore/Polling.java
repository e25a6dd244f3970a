package dev.threadwell.api.vectorstore;

import dev.threadwell.vectorstore.IngestionStatus;
import io.vertx.ext.web.RoutingContext;

/** Tells polling clients when to ask again; without the header some wait five seconds. */
final class Polling {

    private static final String HEADER = "openai-poll-after-ms";
    private static final String SOON = "200";

    private Polling() {}

    static void tell(RoutingContext http, IngestionStatus status) {
        if (status == IngestionStatus.IN_PROGRESS) {
            http.response().putHeader(HEADER, SOON);
        }
    }
}
