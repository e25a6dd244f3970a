package dev.threadwell.toolworker.function;

import dev.threadwell.assistant.Binding;
import dev.threadwell.topic.ToolRequested;
import java.time.Instant;

/** Until when a function may answer: no longer than its run lives. */
final class Deadline {

    private Deadline() {}

    static Instant of(ToolRequested call, Binding binding, Instant now) {
        Instant patience = now.plusSeconds(binding.timeoutSeconds());
        return patience.getEpochSecond() < call.expiresAt()
                ? patience
                : Instant.ofEpochSecond(call.expiresAt());
    }
}
