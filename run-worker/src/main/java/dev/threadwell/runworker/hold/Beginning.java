package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunStep;
import dev.threadwell.store.Conversation;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** How a worker came to hold a run. */
public sealed interface Beginning {

    /**
     * It was queued; its conversation, which nobody can change, was asked for along with the claim.
     */
    record Fresh(Uni<List<Conversation.Entry>> conversation) implements Beginning {}

    /** Its former worker is gone, perhaps in the middle of a message. */
    record TakenOver() implements Beginning {}

    /** The tools of its last step have answered. */
    record ToolsAnswered(RunStep step) implements Beginning {}
}
