package dev.threadwell.persistence.database;

import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import java.util.List;

/** Binds outbox messages to the array parameters of statements that insert them. */
public final class OutboxColumns {

    private OutboxColumns() {}

    /** Binds these messages to the statement. */
    public static Statement.Bound in(Statement.Bound statement, List<OutboxMessage> messages) {
        Outbox.Columns columns = Outbox.columns(messages);
        return statement
                .with("outbox_shards", columns.shards())
                .with("outbox_topics", columns.topics())
                .with("outbox_keys", columns.keys())
                .with("outbox_headers", columns.headers())
                .with("outbox_payloads", columns.payloads());
    }
}
