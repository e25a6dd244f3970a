package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.SandboxFile;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A thread's session and the state of its files. Used by one call at a time. */
final class ThreadSession {

    private final String id = UUID.randomUUID().toString();
    private final String threadId;
    private final Session session;
    private final Set<String> inputs = new HashSet<>();
    private final Map<String, SandboxFile> seen = new HashMap<>();
    private long inputBytes;
    private boolean used;

    ThreadSession(String threadId, Session session) {
        this.threadId = threadId;
        this.session = session;
    }

    String id() {
        return id;
    }

    String threadId() {
        return threadId;
    }

    Session session() {
        return session;
    }

    /** Returns whether the session was used by a call before, and marks it as used. */
    boolean wasUsed() {
        boolean before = used;
        used = true;
        return before;
    }

    /** Whether this file was already put into the session or refused by it. */
    boolean hasInput(String fileId) {
        return inputs.contains(fileId);
    }

    void addInput(String fileId) {
        inputs.add(fileId);
    }

    /** Whether a file of this size fits beside the input files; if so, its size is reserved. */
    boolean hasRoomFor(long bytes, long most) {
        if (bytes > most - inputBytes) {
            return false;
        }
        inputBytes += bytes;
        return true;
    }

    /** Remembers the current files and returns those that are new or changed. */
    List<SandboxFile> changed(List<SandboxFile> now) {
        List<SandboxFile> changed =
                now.stream().filter(file -> !file.equals(seen.get(file.name()))).toList();
        seen.clear();
        now.forEach(file -> seen.put(file.name(), file));
        return changed;
    }
}
