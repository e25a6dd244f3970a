package dev.threadwell.toolworker.websearch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The rules of a host's {@code robots.txt} for this system, by RFC 9309: the longest pattern that
 * matches decides, and what no pattern matches is allowed.
 */
record RobotsTxt(List<Rule> rules) {

    /** The product token that a group of rules names to mean this system. */
    static final String AGENT = "threadwell";

    static final RobotsTxt ALLOWS_ALL = new RobotsTxt(List.of());
    static final RobotsTxt ALLOWS_NOTHING = new RobotsTxt(List.of(new Rule(false, "/")));

    private static final String EVERYBODY = "*";
    private static final int MAX_RULES = 10_000;
    private static final int MAX_LENGTH = 2_048;

    /** Whether paths that match the pattern are allowed. */
    record Rule(boolean allows, String pattern) {

        /** Matches from the left without backtracking: each literal part as early as possible. */
        boolean matches(String path) {
            boolean toTheEnd = pattern.endsWith("$");
            String literal = toTheEnd ? pattern.substring(0, pattern.length() - 1) : pattern;
            String[] parts = literal.split("\\*", -1);
            if (!path.startsWith(parts[0])) {
                return false;
            }
            int at = parts[0].length();
            for (int i = 1; i < parts.length; i++) {
                boolean isLast = i == parts.length - 1;
                if (isLast && toTheEnd) {
                    return path.length() - at >= parts[i].length() && path.endsWith(parts[i]);
                }
                int found = path.indexOf(parts[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + parts[i].length();
            }
            return !toTheEnd || at == path.length();
        }
    }

    /** Reads the rules of the groups that name this system, or else of those for everybody. */
    static RobotsTxt of(String text) {
        List<Rule> ours = new ArrayList<>();
        List<Rule> everybodys = new ArrayList<>();
        boolean named = false;
        boolean isOurs = false;
        boolean isEverybodys = false;
        boolean inAgents = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String plain = withoutComment(line);
            int colon = plain.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String field = plain.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = plain.substring(colon + 1).strip();
            if (field.equals("user-agent")) {
                if (!inAgents) {
                    isOurs = false;
                    isEverybodys = false;
                }
                inAgents = true;
                isOurs |= product(value).equals(AGENT);
                isEverybodys |= value.equals(EVERYBODY);
                named |= isOurs;
            } else if (field.equals("allow") || field.equals("disallow")) {
                inAgents = false;
                Rule rule = new Rule(field.equals("allow"), normalised(value));
                if (isOurs) {
                    add(rule, ours);
                }
                if (isEverybodys) {
                    add(rule, everybodys);
                }
            }
        }
        return new RobotsTxt(List.copyOf(named ? ours : everybodys));
    }

    private static void add(Rule rule, List<Rule> rules) {
        // A rule without a path means nothing.
        if (!rule.pattern().isEmpty() && rules.size() < MAX_RULES) {
            rules.add(rule);
        }
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return comment < 0 ? line : line.substring(0, comment);
    }

    /** The product token at the beginning of a user agent. */
    private static String product(String agent) {
        int end = 0;
        while (end < agent.length() && isOfAToken(agent.charAt(end))) {
            end++;
        }
        return agent.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isOfAToken(char c) {
        return c < 128 && (Character.isLetter(c) || c == '_' || c == '-');
    }

    /**
     * Whether this path may be fetched.
     *
     * @param path the raw path of the URL with its query
     */
    boolean allows(String path) {
        String wanted = normalised(path.isEmpty() ? "/" : path);
        boolean allowed = true;
        int longest = -1;
        for (Rule rule : rules) {
            int length = rule.pattern().length();
            boolean decides = length > longest || length == longest && rule.allows();
            if (decides && rule.matches(wanted)) {
                allowed = rule.allows();
                longest = length;
            }
        }
        return allowed;
    }

    /** One spelling for all equivalent ones: only what must be is percent-encoded. */
    private static String normalised(String path) {
        StringBuilder same = new StringBuilder();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length && same.length() < MAX_LENGTH; i++) {
            int c = bytes[i] & 0xFF;
            boolean isEncoded = c == '%' && i + 2 < bytes.length && isHex(bytes, i + 1);
            if (isEncoded) {
                c = HexFormat.fromHexDigits(path(bytes, i + 1));
                i += 2;
            }
            if (isEncoded ? isUnreserved(c) : c > 0x20 && c < 0x7F) {
                same.append((char) c);
            } else {
                same.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return same.toString();
    }

    private static String path(byte[] bytes, int at) {
        return new String(bytes, at, 2, StandardCharsets.US_ASCII);
    }

    private static boolean isHex(byte[] bytes, int at) {
        return HexFormat.isHexDigit(bytes[at]) && HexFormat.isHexDigit(bytes[at + 1]);
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** The memory that the rules take, roughly. */
    int bytes() {
        return 64 + rules.stream().mapToInt(rule -> 64 + rule.pattern().length()).sum();
    }
}
