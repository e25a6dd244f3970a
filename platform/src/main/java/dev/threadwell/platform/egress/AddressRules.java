package dev.threadwell.platform.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which addresses a user's URL may reach: the public Internet and what the installation
 * allows. This prevents server-side request forgery (SSRF). Host names are judged by the addresses
 * that they resolve to, so that no spelling evades the rules.
 */
final class AddressRules {

    /** Addresses that are not public: RFC 6890, and the metadata services of clouds. */
    private static final List<Network> CLOSED =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20");

    /** The public part of IPv6; all other addresses are local, reserved, or wrap IPv4 addresses. */
    private static final Network PUBLIC_V6 = Network.of("2000::/3");

    private final List<Network> networks = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private final boolean plainHttp;
    private final Set<Integer> ports;

    /**
     * @param allowed host names ({@code *.example.org} for all subdomains), addresses and CIDR
     *     blocks that may be reached although they are not public, by either scheme and at any port
     * @param plainHttp whether {@code http:} URLs are allowed for public hosts
     * @param ports the allowed ports of public hosts
     */
    AddressRules(List<String> allowed, boolean plainHttp, Set<Integer> ports) {
        for (String one : allowed) {
            if (Network.isMeant(one)) {
                networks.add(Network.of(one));
            } else {
                hosts.add(name(one));
            }
        }
        this.plainHttp = plainHttp;
        this.ports = ports;
    }

    private static List<Network> networks(String... blocks) {
        return List.of(blocks).stream().map(Network::of).toList();
    }

    /**
     * Normalizes a host name for comparison and for the server: lower case, without a trailing dot.
     */
    static String name(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Returns the reason to refuse this URL without a look-up; null if it has to be resolved. */
    @Nullable String refusal(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return "its scheme is not https";
        }
        if (url.getRawUserInfo() != null) {
            return "it has a user name in it";
        }
        if (url.getHost() == null || name(url.getHost()).isEmpty()) {
            return "it has no host that can be read";
        }
        return url.getPort() == 0 || url.getPort() > 65_535 ? "it has no such port" : null;
    }

    /** Returns the reason to refuse this URL with these addresses; null if it is allowed. */
    @Nullable String refusal(URI url, List<InetAddress> addresses) {
        String early = refusal(url);
        if (early != null) {
            return early;
        }
        if (addresses.isEmpty()) {
            return "its host has no address";
        }
        if (isAllowed(name(url.getHost())) || addresses.stream().allMatch(this::isAllowed)) {
            return null;
        }
        // One forbidden address is enough: the next resolution of the name could return that one.
        if (!addresses.stream().allMatch(a -> isPublic(a) || isAllowed(a))) {
            return "its host is not on the public Internet";
        }
        if (!plainHttp && url.getScheme().equalsIgnoreCase("http")) {
            return "its scheme is not https";
        }
        return ports.contains(port(url)) ? null : "its port is not one of those allowed";
    }

    static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : isSecure(url) ? 443 : 80;
    }

    static boolean isSecure(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private boolean isAllowed(String host) {
        return hosts.stream()
                .anyMatch(
                        one ->
                                one.startsWith("*.")
                                        ? host.endsWith(one.substring(1))
                                        : host.equals(one));
    }

    private boolean isAllowed(InetAddress address) {
        InetAddress plain = Network.unwrapped(address.getAddress());
        return networks.stream().anyMatch(network -> network.contains(plain));
    }

    static boolean isPublic(InetAddress address) {
        InetAddress plain = Network.unwrapped(address.getAddress());
        return (plain instanceof Inet4Address || PUBLIC_V6.contains(plain))
                && CLOSED.stream().noneMatch(network -> network.contains(plain));
    }
}
