package dev.threadwell.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonStrTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | True",
                "false | False",
                "null | None",
                "1 | 1",
                "-12345678901234567890 | -12345678901234567890",
                "1.0 | 1.0",
                "0.1 | 0.1",
                "0.00 | 0.0",
                "1e15 | 1000000000000000.0",
                "1e16 | 1e+16",
                "1.5e300 | 1.5e+300",
                "0.0001 | 0.0001",
                "0.00001 | 1e-05",
                "\"plain\" | plain",
                "[] | []",
                "[1, \"a\", null] | [1, 'a', None]",
                "[\"it's\"] | [\"it's\"]",
                "[\"it's \\\"so\\\"\"] | ['it\\'s \"so\"']",
                "[\"a\\nb\"] | ['a\\nb']",
                "{\"a\": {\"b\": [true]}} | {'a': {'b': [True]}}",
            })
    void aValueIsWrittenAsPythonWritesIt(String json, String text) {
        assertThat(PythonStr.str(Json.read(json, JsonNode.class))).isEqualTo(text);
    }
}
