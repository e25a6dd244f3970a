package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunFileAccess;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.persistence.thread.PictureStore;
import dev.threadwell.thread.ThreadPicture;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a prompt from PostgreSQL. */
@ApplicationScoped
public class DatabasePromptSource implements ConversationSource, FileSource {

    private final ConversationStore conversation;
    private final FileStore files;
    private final RunFileAccess runFiles;
    private final PictureStore pictures;

    @Inject
    public DatabasePromptSource(
            ConversationStore conversation,
            FileStore files,
            RunFileAccess runFiles,
            PictureStore pictures) {
        this.conversation = conversation;
        this.files = files;
        this.runFiles = runFiles;
        this.pictures = pictures;
    }

    @Override
    public Uni<ConversationStore.Excerpt> newest(String threadId, ConversationStore.Reach reach) {
        return conversation.newest(threadId, reach);
    }

    @Override
    public Uni<ConversationStore.@Nullable Excerpt> newestIfSmall(
            String threadId, ConversationStore.Reach reach, long mostBytes) {
        return conversation.newestIfSmall(threadId, reach, mostBytes);
    }

    @Override
    public Uni<Map<String, StoredFile>> ofThread(String threadId, Collection<String> ids) {
        return files.allForThread(threadId, ids);
    }

    @Override
    public Uni<List<ThreadPicture>> pictures(String projectId, String threadId) {
        return pictures.of(projectId, threadId);
    }

    @Override
    public Uni<ToolFiles> ofTools(RunKey run) {
        return runFiles.of(run);
    }

    @Override
    public Uni<Set<String>> beingIndexed(Set<String> runIds) {
        return runFiles.beingIndexed(runIds);
    }
}
