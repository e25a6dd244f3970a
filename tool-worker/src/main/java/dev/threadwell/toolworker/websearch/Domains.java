package dev.threadwell.toolworker.websearch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * The hosts from which results may be; a host includes its subdomains.
 *
 * @param allowed empty if all hosts are allowed
 * @param blocked goes before what is allowed
 */
record Domains(List<String> allowed, List<String> blocked) {

    static final Domains ALL = new Domains(List.of(), List.of());

    Domains {
        allowed = allowed.stream().map(Domains::name).toList();
        blocked = blocked.stream().map(Domains::name).toList();
    }

    boolean permits(URI url) {
        if (url.getHost() == null) {
            return false;
        }
        String host = name(url.getHost());
        return (allowed.isEmpty() || allowed.stream().anyMatch(one -> isIn(host, one)))
                && blocked.stream().noneMatch(one -> isIn(host, one));
    }

    boolean permitsUrl(String url) {
        try {
            return permits(new URI(url));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isIn(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static String name(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
