package dev.threadwell.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The time for counting tokens depends on the length of a text, not on its content. */
@Tag("slow")
class TokensTest {

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final int MEBIBYTE = 1 << 20;

    /** Typical texts: words, numbers, code, other scripts, line breaks. */
    private static final String[] ORDINARY = {
        "The ferry doesn't leave at noon. ",
        "It's 12,345.67 EUR (incl. VAT)!\n",
        "    return list.stream().map(x -> x + 1).toList();\n\n",
        "渡轮在中午离开港口，请准时到达。",
        "Привет, море! Как дела?\n",
        "فيلم جديد في السينما اليوم. ",
        "สวัสดีครับ วันนี้อากาศดีมาก ",
        "🚢👩‍👩‍👧 ",
        "{\"name\": \"Ümläut\", \"n\": 1e-9, \"ok\": true},\t",
        "https://example.com/a/b?c=d&e=%20f#g ",
        "\r\n\r\n  \t  ",
        "don't I'LL we've ",
    };

    private static Encoding whole(String model) {
        return ENCODINGS.getEncodingForModel(model).orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> theCountOfOrdinaryTextsIsExact() {
        return Stream.of("gpt-4o", "gpt-4", "text-davinci-003", "davinci")
                .map(
                        model ->
                                DynamicTest.dynamicTest(
                                        model,
                                        () -> {
                                            Random random = new Random(7);
                                            for (int i = 0; i < 20; i++) {
                                                String text = ordinary(random, 20_000);
                                                assertThat(Tokens.of(model).count(text))
                                                        .isEqualTo(
                                                                whole(model)
                                                                        .countTokensOrdinary(text));
                                            }
                                        }));
    }

    private static String ordinary(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(ORDINARY[random.nextInt(ORDINARY.length)]);
        }
        return text.toString();
    }

    /** Each cut inside a piece costs a few tokens; there is one in 4,096 characters at most. */
    @TestFactory
    Stream<DynamicTest> theCountOfAHostileTextIsNearlyExact() {
        int length = 40_000;
        int cuts = length / TokenizerSegments.LONGEST + 1;
        return HostileTexts.of(length).entrySet().stream()
                .map(
                        text ->
                                DynamicTest.dynamicTest(
                                        text.getKey(),
                                        () ->
                                                assertThat(
                                                                Tokens.of("gpt-4o")
                                                                        .count(text.getValue()))
                                                        .isCloseTo(
                                                                whole("gpt-4o")
                                                                        .countTokensOrdinary(
                                                                                text.getValue()),
                                                                within(4L * cuts))));
    }

    /**
     * The time limit is generous: without the fix, texts of ten megabytes took hours and exhausted
     * the memory.
     */
    @TestFactory
    Stream<DynamicTest> aTextOfMegabytesIsCountedWhateverItsCharacters() {
        return HostileTexts.of(MEBIBYTE).entrySet().stream().flatMap(TokensTest::inTime);
    }

    private static Stream<DynamicTest> inTime(Map.Entry<String, String> text) {
        Tokens tokens = Tokens.of("gpt-4o");
        return Stream.of(1, 10)
                .filter(times -> times == 1 || text.getKey().matches("umlauts|spaces|letters"))
                .map(
                        times ->
                                DynamicTest.dynamicTest(
                                        times + " MiB of " + text.getKey(),
                                        () ->
                                                assertTimeoutPreemptively(
                                                        Duration.ofSeconds(60),
                                                        () ->
                                                                assertThat(
                                                                                tokens.count(
                                                                                        text.getValue()
                                                                                                .repeat(
                                                                                                        times)))
                                                                        .isPositive())));
    }

    @Test
    void noSegmentIsLongAndNoCharacterIsCut() {
        HostileTexts.of(100_000)
                .forEach(
                        (name, text) -> {
                            int segments = 0;
                            for (int from = 0; from < text.length(); segments++) {
                                int end = TokenizerSegments.end(text, from);
                                assertThat(end - from)
                                        .as(name)
                                        .isBetween(1, TokenizerSegments.LONGEST);
                                if (!name.startsWith("halves") && end < text.length()) {
                                    assertThat(Character.isLowSurrogate(text.charAt(end)))
                                            .as(name)
                                            .isFalse();
                                }
                                from = end;
                            }
                            // Two segments in a row have more characters than one may have.
                            assertThat(segments)
                                    .as(name)
                                    .isLessThanOrEqualTo(
                                            2 * (text.length() / TokenizerSegments.LONGEST + 1));
                        });
    }

    @Test
    void aCountEndsSoonBehindItsLimit() {
        String text = "so ".repeat(1_000_000);

        assertThat(Tokens.usual().count(text, 100))
                .isBetween(101L, (long) TokenizerSegments.LONGEST);
        assertThat(Tokens.usual().count("so so so", 100)).isEqualTo(3);
    }

    @Test
    void tokensBeginWhereTheirBytesDo() {
        String text = ordinary(new Random(3), 10_000) + "ü".repeat(10_000);
        int[] begins = Objects.requireNonNull(Tokens.usual().begins(text, 1_000_000));

        assertThat(begins).isSorted().doesNotHaveDuplicates().startsWith(0);
        assertThat(begins[begins.length - 1])
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(begins.length - 1).isEqualTo((int) Tokens.usual().count(text));
        assertThat(Tokens.usual().begins(text, 1_000)).isNull();
    }
}
