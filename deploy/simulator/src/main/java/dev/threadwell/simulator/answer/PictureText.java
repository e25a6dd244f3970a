package dev.threadwell.simulator.answer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Tells what is in a picture: the text that a PNG carries as its {@code Description}, as those do
 * that the simulator draws; of other pictures their format, size and colour.
 */
final class PictureText {

    private static final String KEYWORD = "Description";
    private static final int SIGNATURE_BYTES = 8;

    /** Length, type and checksum. */
    private static final int CHUNK_BYTES = 12;

    private static final int NAME_BYTES = 4;

    private PictureText() {}

    /** The text about the picture in a {@code data:} URL; empty for other URLs. */
    static Optional<String> of(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:image/") || comma < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Base64.getMimeDecoder().decode(url.substring(comma + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.of("A picture that is not encoded as it should be.");
        }
    }

    private static String of(byte[] picture) {
        return description(picture)
                .orElseGet(
                        () -> {
                            try {
                                return PictureLook.of(picture);
                            } catch (IOException | RuntimeException e) {
                                return "A picture that cannot be read.";
                            }
                        });
    }

    /** The text of the PNG's chunk with the description, if it has one. */
    private static Optional<String> description(byte[] picture) {
        if (picture.length < SIGNATURE_BYTES || picture[0] != (byte) 0x89) {
            return Optional.empty();
        }
        ByteBuffer png = ByteBuffer.wrap(picture).position(SIGNATURE_BYTES);
        while (png.remaining() >= CHUNK_BYTES) {
            int length = png.getInt();
            byte[] name = new byte[NAME_BYTES];
            png.get(name);
            if (length < 0 || length > png.remaining() - NAME_BYTES) {
                return Optional.empty();
            }
            byte[] data = new byte[length];
            png.get(data).getInt();
            int end = end(data, 0);
            if (KEYWORD.equals(new String(data, 0, end, StandardCharsets.ISO_8859_1))) {
                switch (new String(name, StandardCharsets.US_ASCII)) {
                    case "tEXt" -> {
                        return Optional.of(text(data, end + 1));
                    }
                    case "iTXt" -> {
                        return Optional.of(text(data, internationalText(data, end + 1)));
                    }
                    default -> {}
                }
            }
        }
        return Optional.empty();
    }

    /** Where the text begins: behind the kind of compression and two texts about the language. */
    private static int internationalText(byte[] data, int from) {
        return end(data, end(data, from + 2) + 1) + 1;
    }

    private static int end(byte[] data, int from) {
        int end = from;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return end;
    }

    /** The text in UTF-8, or in Latin-1 as the format wants it. */
    private static String text(byte[] data, int from) {
        byte[] text = Arrays.copyOfRange(data, Math.min(from, data.length), data.length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            return new String(text, StandardCharsets.ISO_8859_1);
        }
    }
}
