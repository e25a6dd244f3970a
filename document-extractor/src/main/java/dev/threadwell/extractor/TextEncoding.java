package dev.threadwell.extractor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes text files in UTF-8, or in UTF-16 with or without a byte order mark. */
public final class TextEncoding {

    private TextEncoding() {}

    /**
     * Decodes the text and removes its byte order mark and NUL characters, which crashes and some
     * programs leave in files.
     */
    public static String decoded(byte[] bytes) throws CharacterCodingException {
        return text(bytes).replace("\0", "");
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decoded(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        Charset utf16 = utf16WithoutMark(bytes);
        return decoded(bytes, 0, utf16 == null ? StandardCharsets.UTF_8 : utf16);
    }

    static boolean isUtf8(byte[] bytes) {
        return attempt(bytes, StandardCharsets.UTF_8) != null;
    }

    /**
     * Detects UTF-16 without a byte order mark; returns null for other encodings. A single zero
     * byte is no evidence, since NULs occur in 8-bit texts, too.
     */
    static @Nullable Charset utf16WithoutMark(byte[] bytes) {
        int even = zeros(bytes, 0);
        int odd = zeros(bytes, 1);
        int units = bytes.length / 2;
        if (even + odd == 0 || bytes.length % 2 != 0 || startsWithMark(bytes)) {
            return null;
        }
        // In Latin text as UTF-16, every second byte is zero, or nearly so.
        if (2 * Math.max(even, odd) >= units && Math.min(even, odd) * 10 <= units) {
            return odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        return isPlainUtf8(bytes) || isLatin(bytes) ? null : soundest(bytes);
    }

    /**
     * Whether the bytes are valid UTF-8 without the control characters that result when UTF-16 is
     * decoded as UTF-8.
     */
    private static boolean isPlainUtf8(byte[] bytes) {
        String text = attempt(bytes, StandardCharsets.UTF_8);
        return text != null
                && text.codePoints().allMatch(c -> c == 0 || PrintableCharacters.hasMeaning(c));
    }

    private static boolean startsWithMark(byte[] bytes) {
        return startsWith(bytes, 0xEF, 0xBB, 0xBF)
                || startsWith(bytes, 0xFF, 0xFE)
                || startsWith(bytes, 0xFE, 0xFF);
    }

    private static int zeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int i = from; i < bytes.length; i += 2) {
            if (bytes[i] == 0) {
                zeros++;
            }
        }
        return zeros;
    }

    /** Whether most bytes are Latin letters and spaces, as in 8-bit encodings. */
    private static boolean isLatin(byte[] bytes) {
        int letters = 0;
        int others = 0;
        for (byte b : bytes) {
            if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == ' ' || b == '\n') {
                letters++;
            } else if (b != 0) {
                others++;
            }
        }
        return letters > others;
    }

    /**
     * Returns the byte order that yields a valid text; if both do, the one with more familiar
     * characters.
     */
    private static @Nullable Charset soundest(byte[] bytes) {
        Charset soundest = null;
        long most = 0;
        for (Charset order : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            String text = attempt(bytes, order);
            if (text != null && text.codePoints().allMatch(PrintableCharacters::hasMeaning)) {
                long familiar = text.codePoints().filter(TextEncoding::isFamiliar).count();
                if (familiar > most) {
                    most = familiar;
                    soundest = order;
                }
            }
        }
        return soundest;
    }

    /** ASCII, and Chinese and Japanese punctuation: every longer text contains some. */
    private static boolean isFamiliar(int c) {
        return c < 0x80 || c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c < 0xFF60;
    }

    private static @Nullable String attempt(byte[] bytes, Charset charset) {
        try {
            return decoded(bytes, 0, charset);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String decoded(byte[] bytes, int from, Charset charset)
            throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
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
