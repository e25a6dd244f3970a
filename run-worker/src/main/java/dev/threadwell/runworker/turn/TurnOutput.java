package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;

/** A side effect of a turn; the caller performs the effects in order. */
public sealed interface TurnOutput {

    /** Publishes an event to streaming clients. */
    record Emit(StreamEventName name, PublicJson data) implements TurnOutput {}

    /** Saves a message that has ended in the middle of a turn, before its end is published. */
    record Save(Message message, StepWithUsage step) implements TurnOutput {}
}
