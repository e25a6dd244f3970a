package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.persistence.tool.CodeSessions.Standing;
import dev.threadwell.topic.ToolRequested;

/** Port to the persistent record of which session a thread used last; it outlives a worker. */
interface SessionRecords {

    /**
     * Records this session as that of the call's thread; returns its relation to earlier sessions.
     */
    Standing claim(ToolRequested call, String sessionId);
}
