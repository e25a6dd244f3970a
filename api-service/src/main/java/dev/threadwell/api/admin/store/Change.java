package dev.threadwell.api.admin.store;

import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.topic.AccessChanged;
import dev.threadwell.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** A change that is under way: its transaction, and what is to be kept and told of it. */
public final class Change {

    private final Mutiny.Session session;
    private final Instant now;
    private final List<AuditEntry> entries = new ArrayList<>();
    private final Set<AccessChanged> news = new LinkedHashSet<>();

    Change(Mutiny.Session session, Instant now) {
        this.session = session;
        this.now = now;
    }

    /** The session of the transaction. */
    public Mutiny.Session session() {
        return session;
    }

    /** When the change takes place. */
    public Instant now() {
        return now;
    }

    /** Adds an entry to the audit log. */
    public void audit(AuditEntry entry) {
        entries.add(entry);
    }

    /** Tells every API node to forget the keys of this project; of the administration if null. */
    public void accessChanged(@Nullable String projectId) {
        news.add(new AccessChanged(projectId));
    }

    List<AuditEntry> entries() {
        return entries;
    }

    Set<AccessChanged> news() {
        return news;
    }

    List<OutboxMessage> messages() {
        return news.stream()
                .map(one -> OutboxMessage.of(Topics.ACCESS_CHANGED, one.key(), one))
                .toList();
    }
}
