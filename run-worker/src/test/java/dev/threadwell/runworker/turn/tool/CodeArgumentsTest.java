package dev.threadwell.runworker.turn.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code does not depend on how its arguments are split. */
class CodeArgumentsTest {

    private static String read(String arguments, int pieceLength) {
        CodeArguments code = new CodeArguments();
        StringBuilder seen = new StringBuilder();
        for (int at = 0; at < arguments.length(); at += pieceLength) {
            String piece = arguments.substring(at, Math.min(arguments.length(), at + pieceLength));
            seen.append(code.take(piece));
        }
        seen.append(code.rest());
        assertThat(code.code()).isEqualTo(seen.toString());
        return seen.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":\"1 + 1\"}|1 + 1",
                " { \"code\" : \"1\" } |1",
                "{\"input\":\"1\"}|1",
                "{\"title\":{\"code\":\"no\",\"a\":[1,\"]}\"]},\"n\":1.5,\"code\":\"yes\"}|yes",
                "{\"title\":\"a \\\" b\",\"code\":\"yes\",\"input\":\"no\"}|yes",
                "{\"code\":\"a\\\\nb\"}|a\\nb",
                "{\"code\":\"\\u0041\\uD83C\\uDF0A\"}|A🌊",
                "{\"code\":\"🌊\"}|🌊",
                "1 + 1|1 + 1",
                "  print(1)|  print(1)",
                "{\"a\": 1}|{\"a\": 1}",
                "{'a': 1}|{'a': 1}",
                "{\"code\": 5}|{\"code\": 5}",
                "{}|{}",
                "{\"code\":\"cut|cut"
            })
    void codeIsTheSameInPiecesOfAnyLength(String arguments, String code) {
        for (int length = 1; length <= arguments.length(); length++) {
            assertThat(read(arguments, length)).as("pieces of " + length).isEqualTo(code);
        }
    }

    @Test
    void everyEscapeIsRead() {
        assertThat(read("{\"code\":\"\\n\\t\\r\\b\\f\\/\\\\\\\"\"}", 1))
                .isEqualTo("\n\t\r\b\f/\\\"");
    }

    @Test
    void whatIsNoEscapeStaysAsItIs() {
        assertThat(read("{\"code\":\"\\uZZZZ\"}", 2)).isEqualTo("\\uZZZZ");
    }
}
