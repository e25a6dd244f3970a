package dev.threadwell.runworker.turn;

import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;

/** What a turn wants done, in this order, before anything that it wants later. */
public sealed interface Output {

    /** Streaming clients see an event. */
    record Emit(StreamEventName name, PublicJson data) implements Output {}

    /** A message in the middle of a turn is complete: it is saved before anybody sees its end. */
    record Save(Message message, OpenStep step) implements Output {}
}
