package dev.threadwell.toolworker.websearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 9309. */
class RobotsTxtTest {

    private static boolean allows(String robots, String path) {
        return RobotsTxt.of(robots.replace(" / ", "\n")).allows(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a|/a|false",
                "/a|/abc/d|false",
                "/a|/b|true",
                "/a/|/a|true",
                "/*.php|/x/index.php?y|false",
                "/*.php$|/x/index.php?y|true",
                "/*.php$|/x/index.php|false",
                "/a$|/a|false",
                "/a$|/ab|true",
                "/a*b*c|/axxbyyc|false",
                "/a*b*c|/axxcyyb|true",
                "/*a$|/aaa|false",
                "/mar%C3%A9e|/marée|false",
                "/marée|/mar%c3%a9e|false",
                "/%7Ejoe|/~joe|false",
                "/a%2Fb|/a/b|true",
                "/|/|false"
            })
    void aPatternMatchesFromTheBeginningOfThePath(String pattern, String path, boolean allowed) {
        assertThat(allows("User-agent: * / Disallow: " + pattern, path)).isEqualTo(allowed);
    }

    @Test
    void theLongestPatternDecides() {
        String robots = "User-agent: * / Disallow: /a / Allow: /a/b / Disallow: /a/b/c";

        assertThat(allows(robots, "/a/x")).isFalse();
        assertThat(allows(robots, "/a/b/x")).isTrue();
        assertThat(allows(robots, "/a/b/c")).isFalse();
    }

    @Test
    void ofTwoEquallyLongPatternsTheOneThatAllowsDecides() {
        assertThat(allows("User-agent: * / Disallow: /a / Allow: /a", "/a")).isTrue();
    }

    @Test
    void aGroupThatNamesThisSystemGoesBeforeTheGroupForEverybody() {
        String robots =
                "User-agent: * / Disallow: / / User-agent: other / User-agent: THREADWELL/1.0"
                        + " / Disallow: /private";

        assertThat(allows(robots, "/public")).isTrue();
        assertThat(allows(robots, "/private")).isFalse();
    }

    @Test
    void groupsThatNameThisSystemAreOne() {
        String robots =
                "User-agent: threadwell / Disallow: /a / User-agent: other / Disallow: /b"
                        + " / User-agent: threadwell / Disallow: /c";

        assertThat(allows(robots, "/a")).isFalse();
        assertThat(allows(robots, "/b")).isTrue();
        assertThat(allows(robots, "/c")).isFalse();
    }

    @Test
    void whatIsNoRuleIsIgnored() {
        String robots =
                "Disallow: /x / # Disallow: /y / nonsense / User-agent: * # all"
                        + " / Crawl-delay: 9 / Disallow:";

        assertThat(allows(robots, "/x")).isTrue();
        assertThat(allows(robots, "/y")).isTrue();
    }

    @Test
    void aHostileFileIsReadInTime() {
        String rules = ("Disallow: /" + "*a".repeat(500) + "$\n").repeat(500);
        RobotsTxt robots = RobotsTxt.of("User-agent: *\n" + rules);

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(robots.allows("/" + "a".repeat(1_500) + "b")).isTrue());
    }
}
