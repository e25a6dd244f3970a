package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.validation.ValidationErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query parameter {@code filter} of lists of files. */
final class StatusFilter {

    private static final List<String> STATUSES =
            List.of("in_progress", "completed", "failed", "cancelled");

    private StatusFilter() {}

    static @Nullable String of(ApiRequest request) {
        String status = request.query("filter");
        if (status != null && !STATUSES.contains(status)) {
            throw ValidationErrors.value("filter", status, STATUSES);
        }
        return status;
    }
}
