package dev.threadwell.api.admin.store;

import dev.threadwell.api.auth.AccessChanges;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.project.AdminKey;
import dev.threadwell.run.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Reads and changes what the administration stores. A change is one transaction with its audit
 * entries and its news for the other nodes, which are published when it is committed.
 */
@ApplicationScoped
public class ControlPlane {

    private final Mutiny.SessionFactory sessions;
    private final Outbox outbox;
    private final AccessChanges access;
    private final InstantSource clock;

    @Inject
    ControlPlane(
            Mutiny.SessionFactory sessions,
            Outbox outbox,
            AccessChanges access,
            InstantSource clock) {
        this.sessions = sessions;
        this.outbox = outbox;
        this.access = access;
        this.clock = clock;
    }

    /** Reads. */
    public <T> Uni<T> read(Function<Mutiny.Session, Uni<T>> work) {
        return sessions.withSession(work);
    }

    /** Changes something. */
    public <T> Uni<T> change(AdminKey actor, Function<Change, Uni<T>> work) {
        return sessions.withTransaction(
                        (session, _) -> {
                            Change change = new Change(session, clock.instant());
                            return work.apply(change).chain(result -> kept(actor, change, result));
                        })
                .invoke(this::publish)
                .map(Committed::result);
    }

    private <T> Uni<Committed<T>> kept(AdminKey actor, Change change, T result) {
        List<OutboxRow> messages = change.messages().stream().map(OutboxRow::new).toList();
        Object[] rows =
                Stream.concat(
                                change.entries().stream().map(entry -> row(actor, change, entry)),
                                messages.stream())
                        .toArray();
        Committed<T> committed = new Committed<>(result, change, messages);
        return rows.length == 0
                ? Uni.createFrom().item(committed)
                : change.session().persistAll(rows).replaceWith(committed);
    }

    private static AuditLogRow row(AdminKey actor, Change change, AuditEntry entry) {
        String id = Ids.auditLog();
        return new AuditLogRow(
                id,
                entry,
                actor.id(),
                // As it is shown, so that filters by time agree with what is seen.
                change.now().truncatedTo(ChronoUnit.SECONDS),
                AuditDocument.of(id, entry, actor, change.now()));
    }

    private <T> void publish(Committed<T> committed) {
        committed.change().news().forEach(access::apply);
        outbox.committed(
                committed.messages().stream().map(OutboxRow::id).toArray(Long[]::new),
                committed.change().messages());
    }

    private record Committed<T>(T result, Change change, List<OutboxRow> messages) {}
}
