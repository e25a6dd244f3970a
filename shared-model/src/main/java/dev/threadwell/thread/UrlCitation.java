package dev.threadwell.thread;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A web page that a message cites: shown as an annotation, or as a Markdown link to clients that do
 * not know this annotation.
 *
 * @param url an absolute {@code http} or {@code https} URL of printable ASCII characters
 */
public record UrlCitation(String url, String title) {

    /** The type of the annotation. */
    public static final String TYPE = "url_citation";

    private static final String ILLEGAL = " \"<>\\^`{|}";
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_TITLE = 200;

    /** The citation of this page; null if no client could be given its URL. */
    public static @Nullable UrlCitation of(String url, String title) {
        try {
            URI parsed = new URI(new URI(encoded(url.strip())).toASCIIString());
            String scheme = parsed.getScheme() == null ? "" : parsed.getScheme();
            boolean isWeb = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
            if (!isWeb
                    || parsed.getHost() == null
                    || parsed.getRawUserInfo() != null
                    || parsed.toString().length() > LONGEST_URL) {
                return null;
            }
            return new UrlCitation(parsed.toString(), title(title, parsed.getHost()));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Encodes the characters that engines leave as they are although no URL may have them. */
    private static String encoded(String url) {
        StringBuilder encoded = new StringBuilder(url.length());
        for (char c : url.toCharArray()) {
            if (ILLEGAL.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    private static String title(String title, String host) {
        String plain =
                title.replaceAll("[【】†\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ")
                        .replaceAll("\\s+", " ")
                        .strip();
        if (plain.isEmpty()) {
            return host;
        }
        return plain.codePointCount(0, plain.length()) <= LONGEST_TITLE
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_TITLE)) + "…";
    }

    /** The host of the page, in lower case. */
    public String host() {
        return URI.create(url).getHost().toLowerCase(Locale.ROOT);
    }

    /** The page as it is shown in an annotation. */
    public Map<String, Object> source() {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("url", url);
        source.put("title", title);
        return source;
    }

    /** A Markdown link to the page in parentheses. */
    public String link() {
        String target = url.replace("(", "%28").replace(")", "%29");
        return "([" + host() + "](" + target + "))";
    }
}
