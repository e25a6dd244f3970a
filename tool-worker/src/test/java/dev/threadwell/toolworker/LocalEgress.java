package dev.threadwell.toolworker;

import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressConfig;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A way out to servers of tests on this machine, and to nothing else that is not public. */
public final class LocalEgress {

    private LocalEgress() {}

    public static Egress open(Vertx vertx) {
        return new Egress(
                vertx,
                new EgressConfig() {
                    @Override
                    public Optional<List<String>> allowed() {
                        return Optional.of(List.of("127.0.0.1"));
                    }

                    @Override
                    public boolean plainHttp() {
                        return false;
                    }

                    @Override
                    public Set<Integer> ports() {
                        return Set.of(443);
                    }
                });
    }
}
