package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.store.CodeSessions.Standing;
import dev.threadwell.topic.ToolRequested;

/** Remembers which session a thread had, beyond the life of a worker. */
interface SessionRecords {

    /** From now on this is the session of the call's thread; says how it stands to earlier ones. */
    Standing claim(ToolRequested call, String sessionId);
}
