package dev.threadwell.toolworker.imagegeneration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.file.ImageFormat;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dimensions of pictures are read from their headers. */
class ImageDimensionsTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "PNG,  89504e470d0a1a0a 0000000d49484452 00000140 000000c8 08020000",
        "GIF,  474946383961 4001 c800 f70000",
        "JPEG, ffd8 ffe00010 4a46494600010100000100010000 ffff ffc40004 0000 ffc2 0011 08 00c8 0140 03",
        "WEBP, 52494646 00000000 57454250 56503820 00000000 000000 9d012a 4001 c800",
        "WEBP, 52494646 00000000 57454250 5650384c 00000000 2f 3fc13100",
        "WEBP, 52494646 00000000 57454250 56503858 0a000000 10000000 3f0100 c70000",
    })
    void everyFormatSaysThem(ImageFormat format, String hex) {
        byte[] header = bytes(hex);

        assertThat(ImageFormat.of(header)).contains(format);
        assertThat(ImageDimensions.of(format, header)).contains(new ImageDimensions(320, 200));
    }

    @ParameterizedTest
    @CsvSource({
        "PNG,  89504e470d0a1a0a 0000000d49484452 00000140",
        "PNG,  89504e470d0a1a0a 0000000d49484452 00000000 000000c8",
        "JPEG, ffd8 ffe00010 4a464946",
        "WEBP, 52494646 00000000 57454250",
    })
    void aHeaderThatIsNotWholeSaysNone(ImageFormat format, String hex) {
        assertThat(ImageDimensions.of(format, bytes(hex))).isEmpty();
    }

    @Test
    void noBytesMakeReadingEndless() {
        byte[] filled = new byte[64 * 1024];
        IntStream.range(0, filled.length).forEach(i -> filled[i] = (byte) 0xff);

        assertThat(ImageDimensions.of(ImageFormat.JPEG, filled)).isEmpty();
    }
}
