package dev.threadwell.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host; may block. */
@FunctionalInterface
interface Resolver {

    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** As the system does it. */
    static Resolver ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
