package dev.threadwell.project;

import org.jspecify.annotations.Nullable;

/**
 * A project with its settings, as a key opens it.
 *
 * @param busyThread what becomes of a run on a busy thread whose request does not say so itself
 * @param downloadOwnFiles whether clients get back what they uploaded for assistants; null: as the
 *     installation has it
 * @param eventIds whether streams carry the ids of their events although the request does not ask
 *     for them
 */
public record Project(
        String id, BusyThread busyThread, @Nullable Boolean downloadOwnFiles, boolean eventIds) {}
