package dev.threadwell.flow;

import java.util.Map;

/** {@code ./threadwell up --split}. */
class SplitAssemblyTest extends AssemblyRules {

    @Override
    Assembly start() {
        return Assembly.split("split", Map.of());
    }
}
