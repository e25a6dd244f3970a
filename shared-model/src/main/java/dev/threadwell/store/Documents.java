package dev.threadwell.store;

import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import org.jspecify.annotations.Nullable;

/** Reads the column {@code document}. */
final class Documents {

    private Documents() {}

    static <T> @Nullable T only(RowSet<Row> rows, Class<T> type) {
        return rows.rowCount() == 0 && !rows.iterator().hasNext()
                ? null
                : Json.read(rows.iterator().next().getString("document"), type);
    }
}
