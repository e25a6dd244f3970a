package dev.threadwell.toolworker.websearch;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pages: by their byte order mark, by the charset of their header, by the one that they
 * declare, or else as UTF-8. What cannot be decoded is replaced, never refused.
 */
final class PageEncoding {

    private static final Pattern CHARSET =
            Pattern.compile(
                    "charset\\s*=\\s*[\"']?([A-Za-z0-9_.:-]{1,40})", Pattern.CASE_INSENSITIVE);

    /** Browsers look for a declaration in the first 1,024 bytes; some pages have it later. */
    private static final int DECLARED_WITHIN = 4_096;

    private static final String MARK = "\uFEFF";

    private PageEncoding() {}

    static String text(byte[] page, @Nullable String contentType) {
        String text = new String(page, charset(page, contentType));
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    /** The page in UTF-8 with a byte order mark, which goes before what the page declares. */
    static byte[] utf8(byte[] page, @Nullable String contentType) {
        return (MARK + text(page, contentType)).getBytes(StandardCharsets.UTF_8);
    }

    private static Charset charset(byte[] page, @Nullable String contentType) {
        if (startsWith(page, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(page, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(page, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        Charset named = contentType == null ? null : named(contentType);
        if (named != null) {
            return named;
        }
        int length = Math.min(DECLARED_WITHIN, page.length);
        Charset declared = named(new String(page, 0, length, StandardCharsets.ISO_8859_1));
        return declared == null || isWide(declared) ? StandardCharsets.UTF_8 : declared;
    }

    /** A page whose declaration could be read as ASCII is not in UTF-16, whatever it declares. */
    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private static @Nullable Charset named(String text) {
        Matcher found = CHARSET.matcher(text);
        if (!found.find()) {
            return null;
        }
        try {
            return Charset.forName(found.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
