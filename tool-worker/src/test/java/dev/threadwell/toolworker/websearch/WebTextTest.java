package dev.threadwell.toolworker.websearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from the web is decoded however it comes, and cannot pretend to be something else. */
class WebTextTest {

    @Test
    void controlAndInvisibleCharactersAreLeftOut() {
        assertThat(WebText.cleaned("a\u0000b\u200Bc\u202Ed\uFEFFe\uDB40\uDC41f\uE000g\uFFFD"))
                .isEqualTo("abcdefg");
    }

    @Test
    void bracketsOfMarkersBecomePlainOnes() {
        assertThat(WebText.cleaned("【4:0†bank】")).isEqualTo("[4:0†bank]");
    }

    @Test
    void spaceIsCollapsed() {
        assertThat(WebText.cleaned("  a \t b\u00A0c \r\n\n \u2028 d ")).isEqualTo("a b c\nd");
    }

    @Test
    void aBeginningDoesNotSplitCharacters() {
        assertThat(WebText.begin("🌊🌊🌊", 2)).isEqualTo("🌊🌊");
        assertThat(WebText.begin("🌊", 2)).isEqualTo("🌊");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,text/html; charset=utf-8,''",
        "ISO-8859-1,text/html;charset=\"ISO-8859-1\",''",
        "windows-1252,text/html,<meta charset='windows-1252'>",
        "UTF-8,text/html,<meta charset=utf-16>",
        "UTF-8,text/html; charset=martian,''",
        "UTF-8,,''"
    })
    void aPageIsDecodedAsItSays(String real, String header, String meta) {
        byte[] page = (meta + "<p>marée").getBytes(Charset.forName(real));

        assertThat(PageEncoding.text(page, header)).isEqualTo(meta + "<p>marée");
        assertThat(new String(PageEncoding.utf8(page, header), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFF" + meta + "<p>marée");
    }

    @Test
    void aByteOrderMarkGoesBeforeWhatIsSaid() {
        byte[] page = "\uFEFFmarée".getBytes(StandardCharsets.UTF_16LE);

        assertThat(PageEncoding.text(page, "text/plain; charset=utf-8")).isEqualTo("marée");
    }

    @Test
    void aWrongEncodingCostsItsLettersOnly() {
        byte[] page = "marée basse".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(WebText.cleaned(PageEncoding.text(page, "text/plain; charset=utf-8")))
                .isEqualTo("mare basse");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/,true",
        "https://www.EXAMPLE.org./,true",
        "https://badexample.org/,false",
        "https://spam.example.org/,false",
        "https://x.spam.example.org/,false",
        "https://other.net/,false"
    })
    void aDomainIncludesItsSubdomains(String url, boolean permitted) {
        Domains domains = new Domains(List.of("Example.org"), List.of("spam.example.org"));

        assertThat(domains.permits(URI.create(url))).isEqualTo(permitted);
    }

    @Test
    void everyHostIsPermittedWhereNoneIsNamed() {
        assertThat(Domains.ALL.permitsUrl("https://example.org/")).isTrue();
        assertThat(Domains.ALL.permitsUrl("no url")).isFalse();
        assertThat(SearchOptions.of(new Tool.Generic(ToolKind.WEB_SEARCH, Map.of())))
                .isEqualTo(new SearchOptions(5, Domains.ALL));
    }
}
