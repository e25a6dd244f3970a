package dev.threadwell.persistence.migration;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads all objects of a project in the order in which they were written: its assistants, then its
 * threads, each followed by its contents. Only one page at a time is in memory.
 */
@ApplicationScoped
public class ExportStore {

    private static final int PAGE_ROWS = 500;
    private static final long PAGE_BYTES = 4L * 1024 * 1024;

    private static final String NEXT =
            """
            select '%2$s' as kind, id, %3$s as seq, document::text as document from %1$s
            where project_id = :project_id and %3$s >= :seq
                and (%3$s, '%2$s'::text, id) > (:seq, :kind, :id) %4$s
            order by %3$s, id limit :rows
            """;

    private static final String IN_THREAD = "and thread_id = :thread_id";

    /** A page ends with the row that exceeds its size limit. */
    private static final String PAGE =
            """
            select * from (
                select *, count(*) over () as found, sum(octet_length(document))
                    over (order by seq, kind, id) - octet_length(document) as before
                from (%s order by seq, kind, id limit :rows) as page) as measured
            where before < :bytes order by seq, kind, id
            """;

    private static final Statement ASSISTANTS = page(of("assistants", "assistant", "seq", ""));
    public static final Statement THREADS = page(of("threads", "thread", "number", ""));

    public static final Statement CONTENTS =
            page(
                    of("messages", "message", "seq", IN_THREAD)
                            + " union all "
                            + of("runs", "run", "seq", IN_THREAD)
                            + " union all "
                            + of(
                                    "run_steps",
                                    "step",
                                    "seq",
                                    "and run_id in (select id from runs where thread_id = :thread_id)"));

    private final Pool pool;

    @Inject
    public ExportStore(Pool pool) {
        this.pool = pool;
    }

    private static String of(String table, String kind, String seq, String condition) {
        return "(" + NEXT.formatted(table, kind, seq, condition) + ")";
    }

    private static Statement page(String rows) {
        return Statement.of(PAGE.formatted("select * from (" + rows + ") as rows"));
    }

    /** The position at which a page ended. */
    private record Place(long seq, String kind, String id) {

        static final Place START = new Place(Long.MIN_VALUE, "", "");
    }

    private record Document(Place place, PublicJson json) {}

    private record Page(List<Document> documents, boolean last) {

        List<PublicJson> json() {
            return documents.stream().map(Document::json).toList();
        }
    }

    /** All documents in pages, which are read on demand. */
    public Multi<List<PublicJson>> everything(String projectId) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        pages(ASSISTANTS, projectId, null).map(Page::json),
                        pages(THREADS, projectId, null)
                                .onItem()
                                .transformToIterable(Page::documents)
                                .concatMap(thread -> withContents(projectId, thread)));
    }

    private Multi<List<PublicJson>> withContents(String projectId, Document thread) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(List.of(thread.json())),
                        pages(CONTENTS, projectId, thread.place().id()).map(Page::json));
    }

    private Multi<Page> pages(Statement statement, String projectId, @Nullable String threadId) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(Place.START),
                        at -> page(statement, projectId, threadId, at))
                .whilst(page -> !page.last());
    }

    private Uni<Page> page(
            Statement statement,
            String projectId,
            @Nullable String threadId,
            AtomicReference<Place> at) {
        Place behind = at.get();
        Statement.Bound query =
                statement
                        .with("project_id", projectId)
                        .with("seq", behind.seq())
                        .with("kind", behind.kind())
                        .with("id", behind.id())
                        .with("rows", PAGE_ROWS)
                        .with("bytes", PAGE_BYTES);
        return (threadId == null ? query : query.with("thread_id", threadId))
                .execute(pool)
                .map(ExportStore::page)
                .invoke(page -> page.documents().forEach(read -> at.set(read.place())));
    }

    /**
     * The object as exports show it: with the bindings of functions, but without the ids of their
     * secrets and without data that only a model may see.
     */
    private static PublicJson shown(String kind, String document) {
        Class<?> type =
                switch (kind) {
                    case "assistant" -> Assistant.class;
                    case "thread" -> ThreadObject.class;
                    case "message" -> Message.class;
                    case "run" -> Run.class;
                    case "step" -> RunStep.class;
                    default -> throw new IllegalArgumentException(kind);
                };
        return PublicJson.of(Json.read(document, type), PublicJson.Bindings.SHOWN);
    }

    private static Page page(RowSet<Row> rows) {
        List<Document> documents = new ArrayList<>();
        long found = 0;
        for (Row row : rows) {
            found = row.getLong("found");
            documents.add(
                    new Document(
                            new Place(
                                    row.getLong("seq"), row.getString("kind"), row.getString("id")),
                            shown(row.getString("kind"), row.getString("document"))));
        }
        return new Page(documents, found < PAGE_ROWS && documents.size() == found);
    }
}
