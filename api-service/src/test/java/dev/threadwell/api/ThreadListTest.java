package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The threads of a project, where the installation lists them. */
@QuarkusTest
@TestProfile(ThreadListTest.Listed.class)
class ThreadListTest {

    /** An installation that lists threads. */
    public static class Listed implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("threadwell.threads.list", "true");
        }
    }

    private static final String KEY = "sk-lists-0123456789abcdef";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private Api api;

    @BeforeEach
    void open() {
        keys.ensure("proj_lists", KEY).await().atMost(Duration.ofSeconds(60));
        api = Api.at(base).with("Authorization", "Bearer " + KEY);
    }

    private List<String> created(int count) {
        return Stream.generate(api::thread).limit(count).toList();
    }

    private static List<String> ids(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("data").valueStream().map(o -> o.path("id").asText()).toList();
    }

    @Test
    void theNewestComesFirst() {
        List<String> made = created(3);
        assertThat(ids(api.get("/v1/threads?limit=3"))).isEqualTo(made.reversed());
    }

    @Test
    void pagesJoinWithoutGapOrDouble() {
        List<String> made = created(5);
        List<String> seen = new ArrayList<>();
        String next = "/v1/threads?limit=2";
        while (seen.size() < made.size()) {
            JsonNode page = api.get(next).json();
            page.path("data").forEach(thread -> seen.add(thread.path("id").asText()));
            next = "/v1/threads?limit=2&after=" + page.path("last_id").asText();
        }
        assertThat(seen.subList(0, 5)).isEqualTo(made.reversed());
    }

    @Test
    void beforeGivesTheThreadsInFront() {
        List<String> made = created(3);
        assertThat(ids(api.get("/v1/threads?order=asc&limit=2&before=" + made.get(2))))
                .containsExactly(made.get(0), made.get(1));
    }

    @Test
    void aThreadIsListedAsItsCreationWasAnswered() {
        Api.Answer created = api.post("/v1/threads", "{\"metadata\":{\"user\":\"42\"}}");
        assertThat(api.get("/v1/threads?limit=1").json().at("/data/0")).isEqualTo(created.json());
    }

    @Test
    void whatWasWrittenSinceChangesNoThreadsPlace() {
        List<String> made = created(2);
        api.post(
                "/v1/threads/" + made.getFirst() + "/messages",
                "{\"role\":\"user\",\"content\":\"more\"}");
        assertThat(ids(api.get("/v1/threads?limit=2"))).isEqualTo(made.reversed());
    }

    @Test
    void anotherProjectsThreadsAreNotAmongThem() {
        String theirs = Api.at(base).thread();
        String mine = api.thread();
        assertThat(ids(api.get("/v1/threads?limit=100"))).contains(mine).doesNotContain(theirs);
        api.get("/v1/threads?after=" + theirs)
                .isError(404, "No thread found with id '" + theirs + "'.", null, null);
    }

    @Test
    void aDeletedThreadIsListedNoMore() {
        String thread = api.thread();
        api.delete("/v1/threads/" + thread);
        assertThat(ids(api.get("/v1/threads?limit=100"))).doesNotContain(thread);
    }

    @Test
    void theLimitIsThatOfEveryList() {
        api.get("/v1/threads?limit=101")
                .isError(
                        400,
                        "Invalid 'limit': integer above maximum value. Expected a value <= 100, but"
                                + " got 101 instead.",
                        "limit",
                        "integer_above_max_value");
    }
}
