package dev.threadwell.project;

import org.jspecify.annotations.Nullable;

/**
 * A project (the tenant of an API key) with its settings.
 *
 * @param busyThread the policy for runs on a busy thread whose request does not choose one
 * @param downloadOwnFiles whether clients may download what they uploaded for assistants; null for
 *     the installation's default
 * @param eventIds whether streams contain event ids even if the request does not ask for them
 */
public record Project(
        String id, BusyThread busyThread, @Nullable Boolean downloadOwnFiles, boolean eventIds) {}
