package dev.threadwell.platform.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves the addresses of a host. Blocking. */
@FunctionalInterface
interface Resolver {

    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** The system's resolver. */
    static Resolver ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
