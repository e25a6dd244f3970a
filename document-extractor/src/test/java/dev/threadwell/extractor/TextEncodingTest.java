package dev.threadwell.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are read, and how. */
class TextEncodingTest {

    private static final List<String> TEXTS =
            List.of(
                    "Low water is at noon.\n",
                    "Grüße aus 東京, and more plain words 🚢\r\n",
                    "中午退潮。一艘船等着，一个人也没有。\n第二行。\n",
                    "ひらがなとカタカナの文章です。\n",
                    "Отлив в полдень.\n",
                    "השפל בצהריים.\n",
                    "यह एक वाक्य है।\n",
                    "한국어 문장입니다.\n");

    static Stream<Arguments> textsInUtf16() {
        return TEXTS.stream()
                .flatMap(
                        text ->
                                Stream.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                                        .map(charset -> Arguments.of(text, charset)));
    }

    @ParameterizedTest
    @MethodSource("textsInUtf16")
    void aTextInUtf16IsReadWithAndWithoutItsMark(String text, Charset charset)
            throws CharacterCodingException {
        assertThat(TextEncoding.decoded(text.getBytes(charset))).isEqualTo(text);
        assertThat(TextEncoding.decoded(("\uFEFF" + text).getBytes(charset))).isEqualTo(text);
    }

    @Test
    void aTextInUtf8IsReadWithAndWithoutItsMark() throws CharacterCodingException {
        for (String text : TEXTS) {
            assertThat(TextEncoding.decoded(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
            assertThat(TextEncoding.decoded(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first part\0second part of the text",
                "first part\0second part of the text.",
                "\0\0\0\0log line\n\0\0\0\0another line\n",
                "a\0",
                "\0b",
                "潮汐\0在中午",
                "\u001b[31mred\u001b[0m and\0 plain words"
            })
    void nulsInATextAreLeftOut(String text) throws CharacterCodingException {
        assertThat(TextEncoding.decoded(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(text.replace("\0", ""));
    }

    @Test
    void aNulInUtf16IsLeftOutToo() throws CharacterCodingException {
        assertThat(TextEncoding.decoded("\uFEFFone\0two".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("onetwo");
        assertThat(TextEncoding.decoded("one\0two three".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("onetwo three");
    }

    @ParameterizedTest
    @CsvSource({
        "GB18030, 潮汐在中午",
        "Big5, 潮汐在中午",
        "Shift_JIS, 潮は正午です",
        "windows-1252, Grüße aus Köln",
        "windows-1251, отлив в полдень"
    })
    void aTextInAnother8BitEncodingIsRefusedWithNulsOrWithout(String charset, String text) {
        for (String one : new String[] {text, text + "\0" + text, text + "\0" + text + "x"}) {
            byte[] bytes = one.getBytes(Charset.forName(charset));

            assertThatThrownBy(() -> TextEncoding.decoded(bytes))
                    .isInstanceOf(CharacterCodingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff00fe",
                "c328",
                "89504e470d0a1a0a0000000d49484452",
                "504b0304140000080800b1ff"
            })
    void whatIsNoTextIsRefused(String hex) {
        assertThatThrownBy(() -> TextEncoding.decoded(HexFormat.of().parseHex(hex)))
                .isInstanceOf(CharacterCodingException.class);
    }
}
