package dev.threadwell.api.project;

import dev.threadwell.project.BusyThread;

/** A project with its effective settings, as the API shows it. */
public record ProjectObject(
        String id, String object, String busyThread, boolean downloadOwnFiles, boolean eventIds) {

    static ProjectObject of(
            String id, BusyThread busyThread, boolean downloadOwnFiles, boolean eventIds) {
        return new ProjectObject(
                id, "threadwell.project", busyThread.wire(), downloadOwnFiles, eventIds);
    }
}
