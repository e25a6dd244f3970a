package dev.threadwell.toolworker.function;

import dev.threadwell.assistant.Binding;
import dev.threadwell.topic.ToolRequested;
import java.time.Instant;

/** The deadline of a function's answer: its timeout, but at most the expiration of the run. */
final class CallDeadline {

    private CallDeadline() {}

    static Instant of(ToolRequested call, Binding binding, Instant now) {
        Instant patience = now.plusSeconds(binding.timeoutSeconds());
        return patience.getEpochSecond() < call.expiresAt()
                ? patience
                : Instant.ofEpochSecond(call.expiresAt());
    }
}
