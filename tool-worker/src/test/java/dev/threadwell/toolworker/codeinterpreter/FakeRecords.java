package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.persistence.tool.CodeSessions.Standing;
import dev.threadwell.topic.ToolRequested;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The records of sessions, in memory. */
final class FakeRecords implements SessionRecords {

    private final Map<String, String> last = new ConcurrentHashMap<>();

    @Override
    public Standing claim(ToolRequested call, String sessionId) {
        String before = last.put(call.threadId(), sessionId);
        if (before == null) {
            return Standing.FIRST;
        }
        return before.equals(sessionId) ? Standing.CONTINUED : Standing.AFTER_ANOTHER;
    }

    void anotherWorkerHad(String threadId) {
        last.put(threadId, "of another worker");
    }
}
