package dev.threadwell.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTextTest {

    private static final int BEFORE_THE_CHUNKS = 33;

    private static byte[] picture(String format, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 60, 40);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** The picture with a description behind its header; nobody looks at the checksum. */
    private static byte[] described(byte[] png, byte[] description) {
        byte[] keyword = "Description\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer with =
                ByteBuffer.allocate(png.length + 12 + keyword.length + description.length);
        with.put(Arrays.copyOf(png, BEFORE_THE_CHUNKS));
        with.putInt(keyword.length + description.length);
        with.put("tEXt".getBytes(StandardCharsets.US_ASCII))
                .put(keyword)
                .put(description)
                .putInt(0);
        with.put(png, BEFORE_THE_CHUNKS, png.length - BEFORE_THE_CHUNKS);
        return with.array();
    }

    private static String url(byte[] picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    @Test
    void aPngSaysItsDescription() throws IOException {
        byte[] png = picture("png", Color.RED);

        assertThat(PictureText.of(url(described(png, "一只猫".getBytes(StandardCharsets.UTF_8)))))
                .contains("一只猫");
        assertThat(
                        PictureText.of(
                                url(described(png, "Café".getBytes(StandardCharsets.ISO_8859_1)))))
                .contains("Café");
    }

    @ParameterizedTest
    @CsvSource({"png,PNG", "gif,GIF", "jpeg,JPEG"})
    void anotherPictureIsToldByItsLook(String format, String name) throws IOException {
        assertThat(PictureText.of(url(picture(format, Color.BLUE))))
                .contains("A %s picture of 60 x 40 pixels, mostly blue.".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,R0lGODlh"})
    void aBrokenPictureIsSaidToBeOne(String url) {
        assertThat(PictureText.of(url)).hasValueSatisfying(text -> assertThat(text).isNotBlank());
    }

    @Test
    void anAddressIsNotLookedAt() {
        assertThat(PictureText.of("https://a.test/1.png")).isEmpty();
    }
}
