package dev.threadwell.api.run;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.project.BusyThread;

/**
 * Reads the header {@code Threadwell-Busy-Thread}: what happens to a new run on a thread that
 * already has an active one.
 */
final class BusyThreadHeader {

    private static final String NAME = "Threadwell-Busy-Thread";

    private BusyThreadHeader() {}

    /** The policy that the request names, or else the one of its project. */
    static BusyThread policy(ApiRequest request) {
        String said = request.http().request().getHeader(NAME);
        if (said == null) {
            return request.owner().busyThread();
        }
        BusyThread policy = BusyThread.named(said.strip());
        if (policy == null) {
            throw ValidationErrors.value(NAME, said, BusyThread.names());
        }
        return policy;
    }
}
