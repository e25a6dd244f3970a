package dev.threadwell.runworker.prompt;

import dev.threadwell.platform.egress.EgressConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A guarded way out that lets through to these addresses only. */
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
