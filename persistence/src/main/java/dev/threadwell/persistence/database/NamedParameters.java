package dev.threadwell.persistence.database;

import java.util.ArrayList;
import java.util.List;

/**
 * Compiles named parameters in SQL ({@code :name}) to numbered ones ({@code $1}).
 *
 * <p>A colon does not begin a parameter in a cast ({@code ::text}), an assignment ({@code :=}), a
 * slice ({@code [1:2]}), a string, a quoted identifier, a dollar-quoted text or a comment. A name
 * begins with a lower-case letter, followed by lower-case letters, digits and underscores.
 *
 * @param sql the SQL with numbered parameters
 * @param names the names in the order of their numbers, which begin with 1
 */
record NamedParameters(String sql, List<String> names) {

    static NamedParameters of(String named) {
        return new Compiler(named).compile();
    }

    private static final class Compiler {

        private final String named;
        private final StringBuilder sql = new StringBuilder();
        private final List<String> names = new ArrayList<>();
        private int at;

        Compiler(String named) {
            this.named = named;
        }

        NamedParameters compile() {
            while (at < named.length()) {
                step();
            }
            return new NamedParameters(sql.toString(), List.copyOf(names));
        }

        private void step() {
            switch (named.charAt(at)) {
                case '\'' -> copyTo(endOfString());
                case '"' -> copyTo(after("\"", at + 1));
                case '-' -> copyTo(named.startsWith("--", at) ? after("\n", at) : at + 1);
                case '/' -> copyTo(named.startsWith("/*", at) ? endOfComment() : at + 1);
                case '$' -> copyTo(endOfDollarQuote());
                case ':' -> colon();
                default -> copyTo(at + 1);
            }
        }

        private void copyTo(int end) {
            sql.append(named, at, end);
            at = end;
        }

        /** The index after the next occurrence of this text, or the end of the SQL. */
        private int after(String text, int from) {
            int found = named.indexOf(text, from);
            return found < 0 ? named.length() : found + text.length();
        }

        /**
         * A doubled quote needs no special treatment, because it reads as the end of one string and
         * the beginning of the next. In E'…' strings a backslash escapes a quote.
         */
        private int endOfString() {
            boolean escapes = at > 0 && Character.toLowerCase(named.charAt(at - 1)) == 'e';
            int end = at + 1;
            while (end < named.length() && named.charAt(end) != '\'') {
                end += escapes && named.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, named.length());
        }

        /** Block comments can be nested. */
        private int endOfComment() {
            int depth = 0;
            int end = at;
            do {
                if (named.startsWith("/*", end)) {
                    depth++;
                    end += 2;
                } else if (named.startsWith("*/", end)) {
                    depth--;
                    end += 2;
                } else {
                    end++;
                }
            } while (depth > 0 && end < named.length());
            return Math.min(end, named.length());
        }

        private int endOfDollarQuote() {
            int end = at + 1;
            while (end < named.length() && isOfName(named.charAt(end))) {
                end++;
            }
            if (end < named.length() && named.charAt(end) == '$') {
                return after(named.substring(at, end + 1), end + 1);
            }
            if (end > at + 1 && Character.isDigit(named.charAt(at + 1))) {
                throw new IllegalArgumentException("a parameter without a name: " + named);
            }
            return at + 1;
        }

        private void colon() {
            if (named.startsWith("::", at)) {
                copyTo(at + 2);
            } else if (at + 1 < named.length() && isLetter(named.charAt(at + 1))) {
                parameter();
            } else {
                copyTo(at + 1);
            }
        }

        private void parameter() {
            int end = at + 1;
            while (end < named.length() && isOfName(named.charAt(end))) {
                end++;
            }
            String name = named.substring(at + 1, end);
            if (!names.contains(name)) {
                names.add(name);
            }
            sql.append('$').append(names.indexOf(name) + 1);
            at = end;
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z';
        }

        private static boolean isOfName(char c) {
            return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
        }
    }
}
