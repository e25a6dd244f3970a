package dev.threadwell.flow;

import java.util.Map;

/** {@code ./threadwell up}. */
class OneJvmAssemblyTest extends AssemblyRules {

    @Override
    Assembly start() {
        return Assembly.inOneJvm("one-jvm", Map.of());
    }
}
