package dev.threadwell.api.run;

import dev.threadwell.run.Run;
import io.vertx.ext.web.RoutingContext;

/** Tells those who poll when to come again; without it some wait for five seconds. */
final class PollAfter {

    private static final String HEADER = "openai-poll-after-ms";

    /** The next request waits by itself. */
    private static final String AT_ONCE = "1";

    private static final String LATER = "500";

    private PollAfter() {}

    static void tell(RoutingContext http, Object answer) {
        if (answer instanceof Run run) {
            tell(http, run, false);
        }
    }

    static void tell(RoutingContext http, Run run, boolean waits) {
        if (!run.status().endsStream()) {
            http.response().putHeader(HEADER, waits ? AT_ONCE : LATER);
        }
    }
}
