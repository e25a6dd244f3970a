package dev.threadwell.api.admin.store;

import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.wire.PublicJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** A row of the outbox, which the transaction of a change inserts. */
@Entity
@Table(name = "outbox")
public class OutboxRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(nullable = false)
    private short shard;

    @Column(nullable = false)
    private String topic;

    @Column(name = "key", nullable = false)
    private String key;

    @Column(nullable = false)
    @ColumnTransformer(write = "cast(cast(? as text) as json)")
    private String headers;

    @Column(nullable = false)
    private String payload;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    OutboxRow() {}

    @SuppressWarnings("NullAway.Init") // The database makes the id
    OutboxRow(OutboxMessage message) {
        this.shard = (short) Outbox.shard(message.key());
        this.topic = message.topic();
        this.key = message.key();
        this.headers = PublicJson.of(message.headers()).text();
        this.payload = message.payload();
    }

    Long id() {
        return id;
    }
}
