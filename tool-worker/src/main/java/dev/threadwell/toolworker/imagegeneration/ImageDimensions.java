package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.file.ImageFormat;
import java.util.Optional;

/** The width and height of a picture, as its header says; nothing is decoded. */
record ImageDimensions(int width, int height) {

    /** Markers of JPEG that begin with the frame's header: all SOF but DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    /** The dimensions; empty if the header is not whole or says that there are no pixels. */
    static Optional<ImageDimensions> of(ImageFormat format, byte[] bytes) {
        try {
            ImageDimensions found =
                    switch (format) {
                        case PNG -> new ImageDimensions(big(bytes, 16, 4), big(bytes, 20, 4));
                        case GIF -> new ImageDimensions(little(bytes, 6, 2), little(bytes, 8, 2));
                        case JPEG -> jpeg(bytes);
                        case WEBP -> webp(bytes);
                    };
            return Optional.of(found).filter(size -> size.width > 0 && size.height > 0);
        } catch (ArrayIndexOutOfBoundsException e) {
            // The picture ends within its header.
            return Optional.empty();
        }
    }

    long pixels() {
        return (long) width * height;
    }

    private static ImageDimensions jpeg(byte[] bytes) {
        int at = 2;
        while (true) {
            int marker = big(bytes, at + 1, 1);
            if (marker == 0xFF) {
                // Markers may be filled up with more of these bytes.
                at++;
            } else if (isFrame(marker)) {
                return new ImageDimensions(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
            } else {
                at += 2 + big(bytes, at + 2, 2);
            }
        }
    }

    private static ImageDimensions webp(byte[] bytes) {
        return switch (bytes[15]) {
            case 'X' -> new ImageDimensions(1 + little(bytes, 24, 3), 1 + little(bytes, 27, 3));
            case 'L' -> {
                int packed = little(bytes, 21, 4);
                yield new ImageDimensions(1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF));
            }
            default ->
                    new ImageDimensions(
                            little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF);
        };
    }

    private static int big(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    private static int little(byte[] bytes, int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
