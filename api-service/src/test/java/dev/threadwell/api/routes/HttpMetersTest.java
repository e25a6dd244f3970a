package dev.threadwell.api.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths and methods of requests are labels only as far as they are ours. */
class HttpMetersTest {

    private final HttpMeters meters = new HttpMeters(Set.of("/v1/threads/{id}", "/v1/{rest: .+}"));

    private Meter.Id mapped(String name, String method, String uri) {
        return meters.map(
                new Meter.Id(
                        name, Tags.of("uri", uri, "method", method), null, null, Meter.Type.TIMER));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/threads/{id}, /v1/threads/{id}",
        "/v1/{rest}, /v1/{rest}",
        "/v1/threads/thread_abc, other",
        "/.env, other",
        "NOT_FOUND, NOT_FOUND"
    })
    void aPathIsItsTemplate(String said, String label) {
        assertThat(mapped("http.server.requests", "GET", said).getTag("uri")).isEqualTo(label);
    }

    @Test
    void aMethodThatNobodyKnowsIsOther() {
        assertThat(mapped("http.server.requests", "EVIL", "root").getTag("method"))
                .isEqualTo("other");
    }

    @Test
    void otherMetricsAreLeftAlone() {
        assertThat(mapped("mine", "EVIL", "/x").getTag("uri")).isEqualTo("/x");
    }
}
