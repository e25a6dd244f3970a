package dev.threadwell.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from web pages, and in which encodings they may be. */
class HtmlTextTest {

    private static String text(byte[] page) throws IOException {
        return DocumentText.text(".html", page).strip();
    }

    @ParameterizedTest
    @CsvSource({
        "GBK, gbk, 潮汐在中午",
        "GB2312, gb2312, 潮汐在中午",
        "GB18030, gb18030, 潮汐在中午",
        "Big5, big5, 潮汐在中午",
        "Shift_JIS, shift_jis, 潮は正午",
        "windows-1251, windows-1251, отлив в полдень",
        "ISO-8859-1, iso-8859-1, Grüße",
        "UTF-8, utf-8, Grüße"
    })
    void aPageIsReadInTheEncodingThatItNames(String charset, String named, String text)
            throws IOException {
        for (String declaration :
                new String[] {
                    "<meta charset=\"%s\">".formatted(named),
                    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">"
                            .formatted(named)
                }) {
            String page =
                    "<html><head>%s</head><body><p>%s</p></body></html>"
                            .formatted(declaration, text);

            assertThat(text(page.getBytes(Charset.forName(charset)))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, \uFEFF",
        "UTF-16BE, \uFEFF",
        "UTF-16LE, ''",
        "UTF-16BE, ''",
        "UTF-8, \uFEFF",
        "UTF-8, ''"
    })
    void aPageThatNamesNoneMayBeInUnicode(String charset, String mark) throws IOException {
        String page = mark + "<html><body><p>Grüße, 潮汐</p></body></html>";

        assertThat(text(page.getBytes(Charset.forName(charset)))).isEqualTo("Grüße, 潮汐");
    }

    @Test
    void aPageOfAnotherEncodingThatItDoesNotNameIsRefused() {
        byte[] page = "<p>潮汐在中午</p>".getBytes(Charset.forName("GBK"));

        assertThatThrownBy(() -> text(page))
                .hasMessage("it is not in UTF-8, and does not say which encoding it is in");
    }

    @Test
    void scriptsAndStylesAreNotRead() throws IOException {
        assertThat(
                        text(
                                "<head><style>p{}</style><script>evil()</script></head><body><!-- x --><p>tides\0</p></body>"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("tides");
    }

    @Test
    void aPageOfTagsAloneHasNoText() throws IOException {
        assertThat(text("<p><br></p>".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
