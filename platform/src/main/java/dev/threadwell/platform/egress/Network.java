package dev.threadwell.platform.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A CIDR block of addresses, e.g. {@code 10.0.0.0/8}, or a single address. */
record Network(InetAddress first, int bits) {

    /** Parses a block without DNS look-ups. */
    static Network of(String text) {
        int slash = text.indexOf('/');
        InetAddress first = literal(slash < 0 ? text : text.substring(0, slash));
        int most = first.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return new Network(first, bits);
    }

    /** Whether the text is an address or a block rather than a host name. */
    static boolean isMeant(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9./]+");
    }

    /**
     * Requires four numbers: Java also accepts short forms like 10.1, which are rarely intended.
     */
    private static InetAddress literal(String text) {
        if (text.indexOf(':') < 0 && !text.matches("[0-9]+(\\.[0-9]+){3}")) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }

    /** Converts an IPv4-mapped IPv6 address ({@code ::ffff:…}) to its IPv4 address. */
    static InetAddress unwrapped(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
