package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and their pages. */
@QuarkusTest
class ListTest {

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    private static List<String> ids(Api.Answer answer) {
        return answer.json().path("data").valueStream().map(o -> o.path("id").asText()).toList();
    }

    private static List<String> texts(Api.Answer answer) {
        return answer.json()
                .path("data")
                .valueStream()
                .map(o -> o.at("/content/0/text/value").asText())
                .toList();
    }

    private String messagesOf(int count) {
        String messages =
                String.join(
                        ",",
                        IntStream.range(0, count)
                                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"" + i + "\"}")
                                .toList());
        return "/v1/threads/"
                + api.post("/v1/threads", "{\"messages\":[" + messages + "]}").id()
                + "/messages";
    }

    @Test
    void theFirstMessagesKeepTheirOrder() {
        assertThat(texts(api.get(messagesOf(5) + "?order=asc")))
                .containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void theNewestComesFirstAndTwentyMakeAPage() {
        Api.Answer page = api.get(messagesOf(21));
        assertThat(texts(page)).hasSize(20).startsWith("20", "19");
        assertThat(page.json().path("has_more").asBoolean()).isTrue();
        assertThat(page.json().path("first_id").asText()).isEqualTo(ids(page).getFirst());
        assertThat(page.json().path("last_id").asText()).isEqualTo(ids(page).getLast());
    }

    @Test
    void pagesJoinWithoutGapOrDouble() {
        String path = messagesOf(7);
        for (String order : List.of("asc", "desc")) {
            List<String> seen = new ArrayList<>();
            JsonNode page = api.get(path + "?limit=3&order=" + order).json();
            while (true) {
                page.path("data").forEach(m -> seen.add(m.path("id").asText()));
                if (!page.path("has_more").asBoolean()) {
                    break;
                }
                page =
                        api.get(path + "?limit=3&order=" + order + "&after=" + seen.getLast())
                                .json();
            }
            assertThat(seen).isEqualTo(ids(api.get(path + "?order=" + order))).hasSize(7);
        }
    }

    @Test
    void beforeGivesTheItemsInFront() {
        String path = messagesOf(6);
        List<String> all = ids(api.get(path + "?order=asc"));
        Api.Answer page = api.get(path + "?order=asc&limit=2&before=" + all.get(4));
        assertThat(ids(page)).containsExactly(all.get(2), all.get(3));
        assertThat(page.json().path("has_more").asBoolean()).isTrue();
    }

    @Test
    void behindTheLastThereIsAnEmptyList() {
        String path = messagesOf(1);
        String last = ids(api.get(path)).getLast();
        Api.Answer page = api.get(path + "?after=" + last);
        assertThat(page.body()).isEqualTo(Api.wire("empty_list.json"));
    }

    @Test
    void assistantsRunsAndStepsArePagedAlike() {
        String first = api.assistant();
        String second = api.assistant();
        assertThat(ids(api.get("/v1/assistants?limit=2"))).containsExactly(second, first);
        assertThat(ids(api.get("/v1/assistants?limit=1&after=" + second))).containsExactly(first);

        String thread = api.thread();
        String runs = "/v1/threads/" + thread + "/runs";
        String run = api.run(thread, first).id();
        worker.completes(worker.claims(run), "one");
        String next = api.run(thread, first).id();
        assertThat(ids(api.get(runs))).containsExactly(next, run);
        assertThat(ids(api.get(runs + "?order=asc&limit=1"))).containsExactly(run);
        assertThat(ids(api.get(runs + "/" + run + "/steps?limit=1"))).hasSize(1);
        assertThat(ids(api.get(runs + "/" + next + "/steps"))).isEmpty();
    }

    @Test
    void messagesOfOneRunCanBeAskedFor() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        worker.completes(worker.claims(run), "mine");
        assertThat(texts(api.get("/v1/threads/" + thread + "/messages?run_id=" + run)))
                .containsExactly("mine");
    }
}
