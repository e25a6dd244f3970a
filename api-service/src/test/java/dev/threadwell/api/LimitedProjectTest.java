package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.store.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An installation may limit how much is asked of it. */
@QuarkusTest
@TestProfile(LimitedProjectTest.Limited.class)
class LimitedProjectTest {

    /** Three at once, and another after twenty seconds. */
    public static class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("threadwell.http.requests-per-minute", "3");
        }
    }

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private Api project(String name) {
        String key = "sk-limited-" + name;
        keys.ensure("proj_limited_" + name, key).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer " + key);
    }

    @Test
    void whoAsksTooMuchIsAskedToSlowDown() {
        Api busy = project("busy");
        for (int i = 0; i < 3; i++) {
            assertThat(busy.get("/v1/assistants").status()).isEqualTo(200);
        }

        busy.get("/v1/assistants")
                .isError(
                        429,
                        "You've exceeded the rate limit, please slow down and try again later.",
                        null,
                        "rate_limit_exceeded");
        assertThat(project("quiet").get("/v1/assistants").status()).isEqualTo(200);
    }
}
