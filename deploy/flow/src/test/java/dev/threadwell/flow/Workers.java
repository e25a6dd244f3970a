package dev.threadwell.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which process is which worker: a worker makes its name up anew with every start, so they are
 * started one after the other, and each is known by the name that appears.
 */
final class Workers {

    private final Database database;
    private final Map<String, ServiceProcess> byName = new HashMap<>();

    Workers(Database database) {
        this.database = database;
    }

    void starts(ServiceProcess process) {
        Set<String> before = names();
        process.launches().awaitsReady();
        String name =
                Eventually.present(
                        "the worker's first heartbeat",
                        () ->
                                names().stream()
                                        .filter(n -> !before.contains(n))
                                        .findFirst()
                                        .orElse(null));
        byName.put(name, process);
    }

    ServiceProcess processOf(String name) {
        ServiceProcess process = byName.get(name);
        if (process == null) {
            throw new AssertionError("nobody knows worker " + name);
        }
        return process;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(byName.keySet());
        database.column("select id from workers").stream()
                .map(String::valueOf)
                .forEach(names::add);
        return names;
    }
}
