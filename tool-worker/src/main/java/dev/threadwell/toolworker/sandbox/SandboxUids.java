package dev.threadwell.toolworker.sandbox;

import java.util.HashSet;
import java.util.Set;

/**
 * The uids of sandboxes when we are root. Each running sandbox has its own, so that an escape from
 * its namespaces does not give access to another sandbox. Uids are assigned round-robin.
 */
final class SandboxUids {

    private final int first;
    private final int count;
    private final Set<Integer> taken = new HashSet<>();
    private int next;

    SandboxUids(int first, int count) {
        this.first = first;
        this.count = count;
    }

    synchronized int take() {
        for (int i = 0; i < count; i++) {
            int uid = first + (next + i) % count;
            if (taken.add(uid)) {
                next = (uid - first + 1) % count;
                return uid;
            }
        }
        throw new SandboxUnavailable("All " + count + " uids for sandboxes are taken.");
    }

    synchronized void release(int uid) {
        taken.remove(uid);
    }
}
