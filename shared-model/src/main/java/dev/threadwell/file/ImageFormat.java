package dev.threadwell.file;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of images that models accept, recognised by the first bytes of a file. */
public enum ImageFormat {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp");

    /** The extensions of files with such images. */
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "webp");

    private static final byte[] PNG_BEGINS = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG_BEGINS = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF_BEGINS = ascii("GIF8");
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP_CHUNK = ascii("WEBP");
    private static final int WEBP_AT = 8;

    private final String mediaType;

    ImageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of the image with these bytes; empty if they are no image of these formats. */
    public static Optional<ImageFormat> of(byte[] bytes) {
        if (has(bytes, 0, PNG_BEGINS)) {
            return Optional.of(PNG);
        } else if (has(bytes, 0, JPEG_BEGINS)) {
            return Optional.of(JPEG);
        } else if (has(bytes, 0, GIF_BEGINS)) {
            return Optional.of(GIF);
        }
        return has(bytes, 0, RIFF) && has(bytes, WEBP_AT, WEBP_CHUNK)
                ? Optional.of(WEBP)
                : Optional.empty();
    }

    /** Whether a file of this name should have an image, by its extension. */
    public static boolean isNamed(String filename) {
        int dot = filename.lastIndexOf('.');
        return EXTENSIONS.contains(filename.substring(dot + 1).toLowerCase(Locale.ROOT))
                && dot >= 0;
    }

    /** The media type, such as {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }

    /** The extension of files of this format, without a dot. */
    public String extension() {
        return mediaType.substring("image/".length());
    }

    /** These bytes as a {@code data:} URL. */
    public String dataUrl(byte[] bytes) {
        return "data:%s;base64,%s".formatted(mediaType, Base64.getEncoder().encodeToString(bytes));
    }

    private static boolean has(byte[] bytes, int at, byte[] expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
