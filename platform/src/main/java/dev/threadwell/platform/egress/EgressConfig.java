package dev.threadwell.platform.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where URLs that users gave may lead. */
@ConfigMapping(prefix = "threadwell.egress")
public interface EgressConfig {

    /**
     * Hosts ({@code *.example.org} for all below it), addresses and blocks of them that may be
     * reached although they are not public; by {@code http:} too, and at any port.
     */
    Optional<List<String>> allowed();

    /** Whether public hosts may be reached by {@code http:} too. */
    @WithDefault("false")
    boolean plainHttp();

    /** The ports at which public hosts may be reached. */
    @WithDefault("80,443,8080,8443")
    Set<Integer> ports();
}
