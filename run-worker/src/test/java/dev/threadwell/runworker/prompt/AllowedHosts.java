package dev.threadwell.runworker.prompt;

import dev.threadwell.platform.egress.EgressConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An egress configuration that allows these addresses. */
public record AllowedHosts(List<String> addresses) implements EgressConfig {

    @Override
    public Optional<List<String>> allowed() {
        return Optional.of(addresses);
    }

    @Override
    public boolean plainHttp() {
        return false;
    }

    @Override
    public Set<Integer> ports() {
        return Set.of(443);
    }
}
