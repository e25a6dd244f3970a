package dev.threadwell.persistence.run;

/** Identifies a run by its own id, its thread's and its project's. */
public record RunKey(String projectId, String threadId, String runId) {}
