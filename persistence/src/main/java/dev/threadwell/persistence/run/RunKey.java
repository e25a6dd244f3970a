package dev.threadwell.persistence.run;

/** Who a run is: its own id, its thread's, and its project's. */
public record RunKey(String projectId, String threadId, String runId) {}
