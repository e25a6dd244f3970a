package dev.threadwell.toolworker.filesearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueriesTest {

    @Test
    void aQueryOrSeveralAreUnderstood() {
        assertThat(SearchQueries.of("{\"query\":\" tides \"}")).containsExactly("tides");
        assertThat(SearchQueries.of("{\"queries\":[\"tides\",\"渡轮\",\"tides\",\"\"]}"))
                .containsExactly("tides", "渡轮");
        assertThat(SearchQueries.of("{\"queries\":\"tides\",\"query\":\"ferry\"}"))
                .containsExactly("tides", "ferry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tides", "[]", "{}", "{\"query\":5}", "{\"queries\":[{}]}", "{"})
    void whatSaysNothingAsksNothing(String arguments) {
        assertThat(SearchQueries.of(arguments)).isEmpty();
    }

    @Test
    void moreThanTenQueriesAreTooMany() {
        String many =
                IntStream.range(0, 50)
                        .mapToObj(i -> "\"q" + i + "\"")
                        .collect(Collectors.joining(",", "{\"queries\":[", "]}"));

        assertThat(SearchQueries.of(many)).hasSize(10);
        assertThat(SearchQueries.of("{\"query\":\"" + "x".repeat(10_000) + "\"}"))
                .isEqualTo(List.of("x".repeat(4_096)));
    }
}
