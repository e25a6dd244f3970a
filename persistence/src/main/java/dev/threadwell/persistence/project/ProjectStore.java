package dev.threadwell.persistence.project;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.project.BusyThread;
import dev.threadwell.project.Project;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of projects. */
@ApplicationScoped
public class ProjectStore {

    private static final Statement FIND =
            Statement.of(
                    """
                    select p.id as project_id, coalesce(s.busy_thread, 'reject') as busy_thread,
                        s.download_own_files, coalesce(s.event_ids, false) as event_ids
                    from projects p left join project_settings s on s.project_id = p.id where p.id = :id
                    """);

    /** One statement, so that concurrent changes do not overwrite each other. */
    private static final Statement CHANGE =
            Statement.of(
                    """
                    insert into project_settings as s (
                        project_id, busy_thread, download_own_files, event_ids)
                    values (:id, coalesce(:busy_thread, 'reject'), :download_own_files,
                        coalesce(:event_ids, false))
                    on conflict (project_id) do update set
                        busy_thread = case when :busy_thread_given
                            then excluded.busy_thread else s.busy_thread end,
                        download_own_files = case when :download_own_files_given
                            then excluded.download_own_files else s.download_own_files end,
                        event_ids = case when :event_ids_given
                            then excluded.event_ids else s.event_ids end
                    returning project_id, busy_thread, download_own_files, event_ids
                    """);

    private final Pool pool;

    @Inject
    public ProjectStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * The change of a setting.
     *
     * @param given whether the setting changes at all
     * @param value the new value; null resets it to the default
     */
    public record Change<T>(boolean given, @Nullable T value) {}

    /** The project with its current settings. */
    public Uni<Project> find(String id) {
        return FIND.with("id", id).execute(pool).map(rows -> project(rows.iterator().next()));
    }

    /** Changes the settings that are given; returns all of them. */
    public Uni<Project> change(
            String id,
            Change<BusyThread> busyThread,
            Change<Boolean> downloadOwnFiles,
            Change<Boolean> eventIds) {
        BusyThread policy = busyThread.value();
        return CHANGE.with("id", id)
                .with("busy_thread_given", busyThread.given())
                .with("busy_thread", policy == null ? null : policy.wire())
                .with("download_own_files_given", downloadOwnFiles.given())
                .with("download_own_files", downloadOwnFiles.value())
                .with("event_ids_given", eventIds.given())
                .with("event_ids", eventIds.value())
                .execute(pool)
                .map(rows -> project(rows.iterator().next()));
    }

    static Project project(Row row) {
        return new Project(
                row.getString("project_id"),
                Objects.requireNonNull(BusyThread.named(row.getString("busy_thread"))),
                row.getBoolean("download_own_files"),
                row.getBoolean("event_ids"));
    }
}
