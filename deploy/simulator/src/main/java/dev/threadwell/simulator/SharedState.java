package dev.threadwell.simulator;

import dev.threadwell.simulator.direction.Parts;

/**
 * The state that all event loops of one simulator share: statistics, fault counts, parts and the
 * port.
 */
final class SharedState {
    private final Stats stats = new Stats();
    private final FaultCounts faults = new FaultCounts();
    private volatile Parts parts = Parts.none();
    private volatile int port;

    Stats stats() {
        return stats;
    }

    FaultCounts faults() {
        return faults;
    }

    Parts parts() {
        return parts;
    }

    void learn(Parts learned) {
        parts = learned;
    }

    int port() {
        return port;
    }

    void listensOn(int actualPort) {
        port = actualPort;
    }

    void reset() {
        stats.reset();
        faults.reset();
    }
}
