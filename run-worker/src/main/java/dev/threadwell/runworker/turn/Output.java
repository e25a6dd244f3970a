package dev.threadwell.runworker.turn;

import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;

/** An effect of a turn; the caller performs them in their order. */
public sealed interface Output {

    /** Publishes an event to streaming clients. */
    record Emit(String name, byte[] data) implements Output {}

    /** Saves a message that is complete in the middle of a turn, before clients see its end. */
    record Save(Message message, OpenStep step) implements Output {}
}
