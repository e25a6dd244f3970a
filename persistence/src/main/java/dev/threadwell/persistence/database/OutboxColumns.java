package dev.threadwell.persistence.database;

import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import java.util.List;

/** The columns of the outbox, as arrays: the parameters of statements that write facts. */
public final class OutboxColumns {

    private OutboxColumns() {}

    /** The statement with these facts. */
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
