package dev.threadwell.flow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures whose descriptions the simulated model reads. */
final class Pictures {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    /** One pixel; no library of the JVM writes this format. */
    private static final String WEBP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

    private Pictures() {}

    /** A picture of this type; only a PNG carries the description. */
    static byte[] of(String type, String description) throws IOException {
        return switch (type) {
            case ".png" -> describedAs(description);
            case ".webp" -> Base64.getDecoder().decode(WEBP);
            default -> drawn(type.equals(".gif") ? "gif" : "jpeg");
        };
    }

    private static byte[] drawn(String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("this JVM writes no " + format);
        }
        return bytes.toByteArray();
    }

    /** A PNG that carries this description. */
    static byte[] describedAs(String description) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0});
        chunk(png, "tEXt", ("Description\0" + description).getBytes(StandardCharsets.UTF_8));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] data) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(type);
        checksum.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(type);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
