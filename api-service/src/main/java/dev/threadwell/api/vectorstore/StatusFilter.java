package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.Call;
import dev.threadwell.api.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates the parameter {@code filter} of file lists. */
final class StatusFilter {

    private static final List<String> STATUSES =
            List.of("in_progress", "completed", "failed", "cancelled");

    private StatusFilter() {}

    static @Nullable String of(Call call) {
        String status = call.query("filter");
        if (status != null && !STATUSES.contains(status)) {
            throw Problem.value("filter", status, STATUSES);
        }
        return status;
    }
}
