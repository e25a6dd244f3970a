package dev.threadwell.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only pages that every client can be given are cited. */
class UrlCitationTest {

    private static UrlCitation of(String url, String title) {
        return Objects.requireNonNull(UrlCitation.of(url, title));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,tide",
                "ftp://example.org/tide",
                "https:///tide",
                "https://user:secret@example.org/",
                "https://exa mple.org/",
                "tide",
                ""
            })
    void whatIsNoPageOfTheWebIsNotCited(String url) {
        assertThat(UrlCitation.of(url, "Tide")).isNull();
    }

    @Test
    void aUrlIsWrittenInAscii() {
        assertThat(of("https://example.org/marée", "Tide").url())
                .isEqualTo("https://example.org/mar%C3%A9e");
    }

    @Test
    void charactersThatNoUrlMayHaveAreEncoded() {
        assertThat(of(" https://example.org/low tide?a|b ", "Tide").url())
                .isEqualTo("https://example.org/low%20tide?a%7Cb");
    }

    @Test
    void aTitleHasNoMarkersAndNoControlCharacters() {
        assertThat(of("https://example.org/", "Tide\u0000 【4:0†bank】\u202E\nnow").title())
                .isEqualTo("Tide 4:0 bank now");
    }

    @Test
    void aPageWithoutATitleHasTheNameOfItsHost() {
        assertThat(of("https://Example.org/", " \n").title()).isEqualTo("Example.org");
    }

    @Test
    void aLongTitleIsCut() {
        assertThat(of("https://example.org/", "🌊".repeat(300)).title())
                .isEqualTo("🌊".repeat(200) + "…");
    }

    @Test
    void aLinkStaysWholeWhateverTheUrlHasInIt() {
        assertThat(of("https://Example.org/tide_(Brest)?a=b", "Tide").link())
                .isEqualTo("([example.org](https://Example.org/tide_%28Brest%29?a=b))");
    }
}
