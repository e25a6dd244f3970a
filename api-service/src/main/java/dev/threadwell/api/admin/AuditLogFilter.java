package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.AuditLogRow;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ValidationErrors;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads the filters of the audit log from the query of a request. */
final class AuditLogFilter {

    private static final RowList<AuditLogRow> ALL =
            RowList.of(AuditLogRow.class, ObjectKind.AUDIT_LOG, AuditLogRow::id);

    private static final String NONE = "1 = 0";

    /** The comparisons of {@code effective_at}. */
    private static final Map<String, String> COMPARISONS =
            Map.of("gt", ">", "gte", ">=", "lt", "<", "lte", "<=");

    /** The columns that lists of values restrict, by their parameters. */
    private static final Map<String, String> COLUMNS =
            Map.of(
                    "project_ids", "projectId",
                    "event_types", "type",
                    "actor_ids", "actorId",
                    "resource_ids", "resourceId");

    private AuditLogFilter() {}

    static RowList<AuditLogRow> of(MultiMap query) {
        RowList<AuditLogRow> rows = ALL;
        for (Map.Entry<String, String> column : COLUMNS.entrySet()) {
            List<String> values = values(query, column.getKey());
            if (!values.isEmpty()) {
                String field = column.getValue();
                rows = rows.where("r.%s in :%ss".formatted(field, field), field + "s", values);
            }
        }
        for (Map.Entry<String, String> comparison : COMPARISONS.entrySet()) {
            String name = comparison.getKey();
            String seconds = query.get("effective_at[" + name + "]");
            if (seconds != null) {
                rows =
                        rows.where(
                                "r.effectiveAt %s :%s".formatted(comparison.getValue(), name),
                                name,
                                second(name, seconds));
            }
        }
        // There are no users with an e-mail address, and no tenants above the organization.
        boolean nothing =
                !values(query, "actor_emails").isEmpty() || "true".equals(query.get("tenant_only"));
        return nothing ? rows.where(NONE) : rows;
    }

    private static List<String> values(MultiMap query, String name) {
        List<String> bracketed = query.getAll(name + "[]");
        return bracketed.isEmpty() ? query.getAll(name) : bracketed;
    }

    private static Instant second(String name, String seconds) {
        if (!seconds.matches("-?[0-9]{1,12}")) {
            throw ValidationErrors.type(
                    "effective_at[%s]".formatted(name), "an integer", "a string");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
