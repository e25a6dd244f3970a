package dev.threadwell.persistence.database;

import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import java.util.List;

/** Binds outbox messages to the array parameters of statements that insert them. */
public final class OutboxColumns {

    private OutboxColumns() {}

    /** Binds these messages to the statement. */
    public static Statement.Bound in(Statement.Bound statement, List<OutboxMessage> facts) {
        Outbox.Columns columns = Outbox.columns(facts);
        return statement
                .with("fact_shards", columns.shards())
                .with("fact_topics", columns.topics())
                .with("fact_keys", columns.keys())
                .with("fact_headers", columns.headers())
                .with("fact_payloads", columns.payloads());
    }
}
