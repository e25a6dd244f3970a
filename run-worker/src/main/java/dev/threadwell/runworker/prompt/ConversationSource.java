package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.thread.ConversationStore.Excerpt;
import dev.threadwell.persistence.thread.ConversationStore.Reach;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Where the conversation of a thread is read. */
public interface ConversationSource {

    /** The newest entries within this reach, oldest first. */
    Uni<Excerpt> newest(String threadId, Reach reach);

    /** The same if it has no more bytes than this; otherwise null, and nothing more is loaded. */
    Uni<@Nullable Excerpt> newestIfSmall(String threadId, Reach reach, long mostBytes);
}
