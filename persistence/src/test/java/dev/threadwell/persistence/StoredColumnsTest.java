package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.UploadStore;
import dev.threadwell.persistence.migration.ImportStore;
import dev.threadwell.persistence.migration.ImportedObject;
import dev.threadwell.persistence.vectorstore.VectorStoreUsers;
import dev.threadwell.run.Ids;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.ThreadObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every write of a document also fills the columns that are derived from it. */
@Tag("server")
class StoredColumnsTest {

    private final Stores stores = new Stores();
    private final FileStore files = new FileStore(Stores.POOL);
    private final UploadStore uploads = new UploadStore(Stores.POOL);
    private final ImportStore imports = new ImportStore(Stores.POOL);
    private final String project = "proj_" + Ids.run();

    private static Object value(String table, String column, String id) {
        return query("select " + column + " from " + table + " where id = $1", id)
                .getFirst()
                .getValue(0);
    }

    private static Map<String, Object> using(String store) {
        return Map.of("file_search", Map.of("vector_store_ids", List.of(store)));
    }

    private static ThreadObject threadUsing(String store) {
        ThreadObject plain = Samples.thread();
        return new ThreadObject(
                plain.id(), plain.object(), plain.createdAt(), plain.metadata(), using(store));
    }

    private static FileObject file(String name) {
        return FileObject.created(Ids.file(), Purpose.ASSISTANTS, name, 42, 1, null);
    }

    private void projectExists() {
        query("insert into projects (id, name) values ($1, $1) on conflict do nothing", project);
    }

    @Test
    void aThreadHasItsStoreUntilTheStoreIsDeleted() {
        ThreadObject thread = threadUsing("vs_a");
        await(stores.threads.create(project, thread, List.of()));
        assertThat(value("threads", "vector_store_id", thread.id())).isEqualTo("vs_a");

        await(new VectorStoreUsers(Stores.POOL).forget(project, "vs_a"));

        assertThat(value("threads", "vector_store_id", thread.id())).isNull();
        ThreadObject left =
                Objects.requireNonNull(await(stores.threads.find(project, thread.id())));
        assertThat(left.toolResources())
                .isEqualTo(Map.of("file_search", Map.of("vector_store_ids", List.of())));
    }

    @Test
    void aThreadThatIsModifiedHasItsNewStore() {
        ThreadObject thread = threadUsing("vs_a");
        await(stores.threads.create(project, thread, List.of()));
        await(
                stores.threads.modify(
                        project,
                        thread.id(),
                        old ->
                                new ThreadObject(
                                        old.id(),
                                        old.object(),
                                        old.createdAt(),
                                        old.metadata(),
                                        using("vs_b"))));
        assertThat(value("threads", "vector_store_id", thread.id())).isEqualTo("vs_b");
    }

    @Test
    void anAssistantWithoutAStoreHasNone() {
        projectExists();
        var assistant = Samples.assistant(Ids.assistant());
        await(stores.assistants.create(project, assistant));
        await(stores.assistants.modify(project, assistant.id(), same -> same));
        assertThat(value("assistants", "vector_store_id", assistant.id())).isNull();
    }

    @Test
    void aFileHasItsNameAndItsSize() {
        FileObject plain = file("tides.txt");
        FileObject zero = file("ti\0des.txt");
        await(files.create(project, plain, List.of()));
        assertThat(await(files.createOnce(project, zero, List.of()))).isTrue();
        assertThat(await(files.createOnce(project, zero, List.of()))).isFalse();
        assertThat(value("files", "filename", plain.id())).isEqualTo("tides.txt");
        assertThat(value("files", "filename", zero.id())).isEqualTo("tides.txt");
        assertThat(await(files.bytes(project))).isEqualTo(84);
    }

    private Upload upload(long expiresAt) {
        Upload upload =
                new Upload(
                        "upload_" + Ids.run(),
                        Upload.OBJECT,
                        42,
                        1,
                        "ti\0des.txt",
                        "assistants",
                        UploadStatus.PENDING,
                        expiresAt,
                        null);
        return await(uploads.create(project, upload, null));
    }

    @Test
    void aFileOfAnUploadHasItsNameAndItsSize() {
        Upload upload = upload(5_000_000_000L);
        FileObject made = file("tides.txt");
        Upload completed = upload.with(UploadStatus.COMPLETED, made);
        assertThat(await(uploads.complete(project, completed, List.of()))).isTrue();
        assertThat(value("files", "filename", made.id())).isEqualTo("tides.txt");
        assertThat(value("files", "bytes", made.id())).isEqualTo(42L);
    }

    @Test
    void anUploadIsCancelledOnce() {
        Upload upload = upload(5_000_000_000L);
        Upload cancelled = upload.with(UploadStatus.CANCELLED, null);
        assertThat(await(uploads.cancel(project, cancelled))).isEmpty();
        assertThat(await(uploads.cancel(project, cancelled))).isNull();
    }

    /** PostgreSQL's JSON functions fail on a document that contains a zero character. */
    @Test
    void anUploadWithAZeroCharacterExpires() {
        Upload upload = upload(1);
        assertThat(await(uploads.expireOverdue(1_000))).isPositive();
        assertThat(value("uploads", "status", upload.id())).isEqualTo("expired");
        var found = Objects.requireNonNull(await(uploads.find(project, upload.id())));
        assertThat(found.upload()).isEqualTo(upload.with(UploadStatus.EXPIRED, null));
    }

    @Test
    void whatIsImportedHasItsColumns() {
        projectExists();
        ThreadObject thread = threadUsing("vs_a");
        Run run = Samples.run(RunStatus.COMPLETED);
        Run ofThread = runOn(run, thread.id());
        assertThat(
                        await(
                                imports.write(
                                        project,
                                        List.of(
                                                new ImportStore.Placed(
                                                        ImportedObject.of(thread), true),
                                                new ImportStore.Placed(
                                                        ImportedObject.of(ofThread), true)))))
                .containsOnly(ImportStore.Outcome.IMPORTED);
        assertThat(value("threads", "vector_store_id", thread.id())).isEqualTo("vs_a");
        assertThat(value("runs", "assistant_id", ofThread.id())).isEqualTo(run.assistantId());
    }

    private static Run runOn(Run run, String threadId) {
        return new Run(
                Ids.run(),
                run.object(),
                run.createdAt(),
                run.assistantId(),
                threadId,
                run.status(),
                run.startedAt(),
                run.expiresAt(),
                run.cancelledAt(),
                run.failedAt(),
                run.completedAt(),
                run.requiredAction(),
                run.lastError(),
                run.model(),
                run.instructions(),
                run.tools(),
                run.toolResources(),
                run.metadata(),
                run.temperature(),
                run.topP(),
                run.reasoningEffort(),
                run.maxCompletionTokens(),
                run.maxPromptTokens(),
                run.truncationStrategy(),
                run.incompleteDetails(),
                run.usage(),
                run.responseFormat(),
                run.toolChoice(),
                run.parallelToolCalls());
    }
}
