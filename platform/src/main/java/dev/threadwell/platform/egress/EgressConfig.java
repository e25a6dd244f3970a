package dev.threadwell.platform.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings that restrict the targets of URLs from users. */
@ConfigMapping(prefix = "threadwell.egress")
public interface EgressConfig {

    /**
     * Hosts ({@code *.example.org} for all subdomains), addresses and CIDR blocks that may be
     * reached although they are not public, also by {@code http:} and at any port.
     */
    Optional<List<String>> allowed();

    /** Whether {@code http:} URLs are allowed for public hosts. */
    @WithDefault("false")
    boolean plainHttp();

    /** The allowed ports of public hosts. */
    @WithDefault("80,443,8080,8443")
    Set<Integer> ports();
}
