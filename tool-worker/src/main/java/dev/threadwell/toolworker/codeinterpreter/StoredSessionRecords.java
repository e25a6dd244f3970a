package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.persistence.tool.CodeSessions;
import dev.threadwell.persistence.tool.CodeSessions.Standing;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Stores session records in the database. */
@ApplicationScoped
class StoredSessionRecords implements SessionRecords {

    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private final CodeSessions sessions;

    @Inject
    StoredSessionRecords(CodeSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Standing claim(ToolRequested call, String sessionId) {
        String identity = call.stepId() + "/" + call.callId();
        return TransientFailures.retried(
                        sessions.claim(call.projectId(), call.threadId(), sessionId, identity),
                        TO_ANSWER)
                .await()
                .atMost(TO_ANSWER.plusSeconds(5));
    }
}
