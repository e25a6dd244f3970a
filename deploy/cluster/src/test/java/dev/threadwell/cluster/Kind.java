package dev.threadwell.cluster;

/** The kinds of pods that the chart has. */
enum Kind {
    API_SERVICE("api-service", "apiService"),
    RUN_WORKER("run-worker", "runWorker"),
    TOOL_WORKER("tool-worker", "toolWorker");

    private final String component;
    private final String values;

    Kind(String component, String values) {
        this.component = component;
        this.values = values;
    }

    String component() {
        return component;
    }

    /** Where its values are in those of the chart. */
    String valuesKey() {
        return values;
    }

    @Override
    public String toString() {
        return component;
    }
}
