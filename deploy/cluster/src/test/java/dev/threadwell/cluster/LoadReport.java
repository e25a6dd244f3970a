package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/**
 * What clients met.
 *
 * @param resumed how often a stream was taken up behind its last event
 * @param repeated how many requests were sent again after their connection broke
 * @param longestGap the longest time without an event in a stream of events
 * @param failed requests that got no good answer
 * @param broken runs that did not complete, or were shown otherwise than they are stored
 */
record LoadReport(
        int runs,
        int requests,
        int streams,
        int resumed,
        int repeated,
        Duration longestGap,
        Duration longestRequest,
        List<String> failed,
        List<String> broken) {

    /** No request failed, and every run completed and was shown whole. */
    LoadReport isFlawless() {
        assertThat(broken).as("broken runs").isEmpty();
        assertThat(failed).as("failed requests").isEmpty();
        assertThat(runs).as("runs").isPositive();
        return this;
    }

    String inWords() {
        return "%d runs, %d requests, %d failed, %d repeated, %d streams, %d resumed, %d runs broken, longest pause in a stream %.1f s, slowest request %.1f s"
                .formatted(
                        runs,
                        requests,
                        failed.size(),
                        repeated,
                        streams,
                        resumed,
                        broken.size(),
                        longestGap.toMillis() / 1e3,
                        longestRequest.toMillis() / 1e3);
    }
}
