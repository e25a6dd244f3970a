package dev.threadwell.api.run;

import dev.threadwell.run.Run;
import io.vertx.ext.web.RoutingContext;

/**
 * Sets the header that tells a polling client when to ask again; without it some clients wait for
 * five seconds.
 */
final class PollInterval {

    private static final String HEADER = "openai-poll-after-ms";

    /** The client uses long polling: its next request waits on the server. */
    private static final String AT_ONCE = "1";

    private static final String LATER = "500";

    private PollInterval() {}

    static void tell(RoutingContext http, RunAnswer answer) {
        switch (answer) {
            case RunAnswer.Shown(Run run) -> tell(http, run);
            case RunAnswer.Streamed _ -> {}
        }
    }

    static void tell(RoutingContext http, Run run) {
        tell(http, run, false);
    }

    static void tell(RoutingContext http, Run run, boolean waits) {
        if (!run.status().endsStream()) {
            http.response().putHeader(HEADER, waits ? AT_ONCE : LATER);
        }
    }
}
