package dev.threadwell.simulator;

/** The state that all event loops of one simulator share: statistics, fault counts and the port. */
final class SharedState {
    private final Stats stats = new Stats();
    private final FaultCounts faults = new FaultCounts();
    private volatile int port;

    Stats stats() {
        return stats;
    }

    FaultCounts faults() {
        return faults;
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
