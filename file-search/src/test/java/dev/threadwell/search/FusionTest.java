package dev.threadwell.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.index.ChunkIndex.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One score of meaning and words. */
class FusionTest {

    private static final Weights WEIGHTS = new Weights(0.75, 0.25);

    private static Hit hit(double words, @Nullable Double meaning) {
        return new Hit(1, 0, words, meaning);
    }

    private static double[] scores(Hit... hits) {
        return Fusion.scores(List.of(hits), WEIGHTS);
    }

    @Test
    void meaningAndWordsCountByTheirWeights() {
        assertThat(scores(hit(1, 0.5))).containsExactly(0.625);
    }

    @Test
    void whatIsNotAmongTheNearestIsAsFarAsTheFarthestOfThem() {
        assertThat(scores(hit(0, 0.8), hit(1, null), hit(0, 0.4)))
                .containsExactly(0.75 * 0.8, 0.75 * 0.4 + 0.25, 0.75 * 0.4);
    }

    @Test
    void whereNothingIsKnownOfTheMeaningWordsAloneCount() {
        assertThat(scores(hit(0.5, null), hit(1, null))).containsExactly(0.5, 1);
    }

    @Test
    void whatPointsTheOtherWayIsNoLessThanNothing() {
        assertThat(scores(hit(0, -0.5))).containsExactly(0);
    }
}
