package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.thread.ConversationStore.Excerpt;
import dev.threadwell.persistence.thread.ConversationStore.Reach;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Reads the conversation of a thread. */
public interface ConversationSource {

    /** The newest entries within this reach, oldest first. */
    Uni<Excerpt> newest(String threadId, Reach reach);

    /**
     * Like {@link #newest}, but null, without loading the entries, if they have more bytes than
     * this.
     */
    Uni<@Nullable Excerpt> newestIfSmall(String threadId, Reach reach, long mostBytes);
}
