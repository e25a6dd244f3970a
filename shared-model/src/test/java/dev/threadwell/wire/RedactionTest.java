package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Internal data is removed from JSON of any shape. */
class RedactionTest {

    private static String redacted(String json) {
        return new String(
                Redaction.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsWithInternalsAreLeftOutWhereverTheyAre() {
        assertThat(
                        redacted(
                                """
                                {"run":{"tools":[{"name":"a","threadwell":{"http":{"url":"u"},\
                                "secret_id":"s"}},{"secret_id":"t","label":"b"}]},\
                                "provider_fields":[1,[2]],"number":1.50}"""))
                .isEqualTo(
                        """
                        {"run":{"tools":[{"name":"a"},{"label":"b"}]},"number":1.50}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{ \"a\" : 1.0 }",
                "{\"poison\": for secret_id",
                "{\"secret_id\":\"cut off"
            })
    void whatHasNoneOfThemOrIsNoJsonStaysAsItIs(String text) {
        assertThat(redacted(text)).isEqualTo(text);
    }

    @Test
    void jsonOfAnyDepthEndsIt() {
        String deep = "[".repeat(1 << 20);
        assertThat(redacted(deep)).isEqualTo(deep);
    }
}
