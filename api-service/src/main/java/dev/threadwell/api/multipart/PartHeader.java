package dev.threadwell.api.multipart;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a part of a multipart form.
 *
 * @param filename null if the part is not a file
 */
record PartHeader(String name, @Nullable String filename) {

    private static final String DISPOSITION = "content-disposition:";
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;]*))");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern ENCODED = Pattern.compile("([^']*)'[^']*'(.*)");
    private static final int HEX = 16;

    /** Parses the lines of a header. */
    static PartHeader parse(String lines) {
        for (String line : lines.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(DISPOSITION)) {
                return of(parameters(line));
            }
        }
        throw new FormParser.Malformed("a part says not what it is");
    }

    private static PartHeader of(Map<String, String> parameters) {
        String name = parameters.get("name");
        if (name == null) {
            throw new FormParser.Malformed("a part has no name");
        }
        String encoded = parameters.get("filename*");
        String decoded = encoded == null ? null : decoded(encoded);
        return new PartHeader(name, decoded == null ? parameters.get("filename") : decoded);
    }

    private static Map<String, String> parameters(String line) {
        Map<String, String> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(line);
        while (found.find()) {
            String quoted = found.group(2);
            parameters.put(
                    found.group(1).toLowerCase(Locale.ROOT),
                    quoted == null
                            ? found.group(3).strip()
                            : ESCAPED.matcher(quoted).replaceAll("$1"));
        }
        return parameters;
    }

    /** Decodes an RFC 5987 value, e.g. {@code UTF-8''gr%C3%B6n}; null if it is not one. */
    private static @Nullable String decoded(String encoded) {
        Matcher parts = ENCODED.matcher(encoded);
        if (!parts.matches()) {
            return null;
        }
        return switch (parts.group(1).toLowerCase(Locale.ROOT)) {
            case "utf-8" -> percentDecoded(parts.group(2), StandardCharsets.UTF_8);
            case "iso-8859-1" -> percentDecoded(parts.group(2), StandardCharsets.ISO_8859_1);
            default -> null;
        };
    }

    private static String percentDecoded(String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            int high = digit(text, i + 1);
            int low = digit(text, i + 2);
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                bytes.write(high * HEX + low);
                i += 2;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(charset));
            }
        }
        return bytes.toString(charset);
    }

    private static int digit(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
    }
}
