package dev.threadwell.toolworker.filesearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.vectorstore.SearchResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultBudgetTest {

    /** About 800 tokens, as chunks have. */
    private static final SearchResult CHUNK =
            new SearchResult(
                    "file-1",
                    "a.txt",
                    0.5,
                    Map.of(),
                    List.of(SearchResult.Content.text("tide ".repeat(800))));

    private static int given(ResultBudget allowance, int found) {
        return allowance.of(Collections.nCopies(found, CHUNK)).size();
    }

    @Test
    void aModelIsGivenAsManyResultsAsItCanHold() {
        assertThat(given(ResultBudget.of("gpt-4o"), 50)).isBetween(19, 20);
        assertThat(given(ResultBudget.of("gpt-3.5-turbo"), 50)).isBetween(4, 5);
        assertThat(given(ResultBudget.of("gpt-4o").withResults(50), 50)).isBetween(19, 20);
        assertThat(given(ResultBudget.of("gpt-4o").withResults(3), 50)).isEqualTo(3);
        assertThat(given(ResultBudget.of("gpt-4o"), 2)).isEqualTo(2);
    }

    @Test
    void theBestResultIsGivenEvenIfItAloneIsTooLong() {
        assertThat(given(new ResultBudget(20, 100), 5)).isOne();
        assertThat(given(new ResultBudget(20, 100), 0)).isZero();
    }
}
