package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;

/** An effect of a turn; the caller performs them in their order. */
public sealed interface TurnOutput {

    /** Publishes an event to streaming clients. */
    record Emit(StreamEventName name, PublicJson data) implements TurnOutput {}

    /** Saves a message that is complete in the middle of a turn, before clients see its end. */
    record Save(Message message, StepWithUsage step) implements TurnOutput {}
}
