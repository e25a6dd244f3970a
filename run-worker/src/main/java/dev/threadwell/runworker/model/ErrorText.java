package dev.threadwell.runworker.model;

import java.util.regex.Pattern;

/** Security: removes secrets from a provider's error text before clients see it. */
final class ErrorText {

    private static final int LONGEST = 1_000;
    private static final String REDACTED = "[redacted]";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    /** Texts that look like keys: usual key prefixes, and strings too long and mixed for a word. */
    private static final Pattern KEY =
            Pattern.compile(
                    "(?i)\\b(?:sk|pk|rk|gsk|xai|nvapi|hf|r8|fw|pplx|ghp|gho|glpat|csk|tgp)"
                            + "[-_][A-Za-z0-9_\\-*.]{3,}"
                            + "|\\b(?:key|token)[-_][A-Za-z0-9_\\-*.]{12,}"
                            + "|\\bAIza[A-Za-z0-9_\\-]{10,}"
                            + "|\\bAKIA[A-Z0-9]{8,}"
                            + "|\\beyJ[A-Za-z0-9_\\-]{8,}(?:\\.[A-Za-z0-9_\\-]+)*"
                            + "|\\b(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{28,}");

    private static final Pattern CALLED_KEY =
            Pattern.compile(
                    "(?i)(bearer\\s+|(?:api[-_ ]?key|secret|password|authorization|access[-_ ]?token)"
                            + "[\"']?\\s*[:=]\\s*[\"']?)(?!\\[redacted)[^\\s\"',;)}]{4,}");

    private ErrorText() {}

    /**
     * The text without control characters and keys, truncated to the maximum length.
     *
     * @param ownKey our own key for the provider, or an empty text
     */
    static String of(String said, String ownKey) {
        String text = said.length() > 4 * LONGEST ? said.substring(0, 4 * LONGEST) : said;
        if (!ownKey.isEmpty()) {
            text = text.replace(ownKey, REDACTED);
        }
        text = CONTROL.matcher(withoutHalves(text)).replaceAll(" ").strip();
        text = KEY.matcher(text).replaceAll(REDACTED);
        text = CALLED_KEY.matcher(text).replaceAll("$1" + REDACTED);
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private static String withoutHalves(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
