package dev.threadwell.api.run;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.run.Run;
import io.vertx.ext.web.RoutingContext;

/** Tells clients that poll a run when to ask again. */
final class RunPollInterval {

    /** The client uses long polling: its next request waits on the server. */
    private static final String AT_ONCE = "1";

    private static final String LATER = "500";

    private RunPollInterval() {}

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
            ResponseHeaders.pollAfter(http, waits ? AT_ONCE : LATER);
        }
    }
}
