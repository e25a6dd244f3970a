package dev.threadwell.toolworker.websearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.toolworker.websearch.SearchEngine.Hit;
import dev.threadwell.toolworker.websearch.SearchEngine.Query;
import dev.threadwell.toolworker.websearch.WebSearchConfig.Engine;
import dev.threadwell.wire.Json;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search engines by their documented APIs. */
class SearchEnginesTest {

    private static final String RESULTS =
            """
            {"results":[{"url":"https://a.org/1","title":"One","content":"First","score":0.9},
            {"url":"https://b.org/2","title":"Two","content":null}]}""";

    private static Vertx vertx;

    private final SmallWeb web = new SmallWeb(vertx);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeAll() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        web.close();
    }

    private List<Hit> search(Engine engine, Domains domains, int results) {
        return SearchEngineChoice.of(SmallWeb.Config.of(engine, web.base() + "/"))
                .search(new Query("low tide & more", results, domains))
                .await()
                .indefinitely();
    }

    private List<Hit> search(Engine engine) {
        return search(engine, Domains.ALL, 2);
    }

    @Test
    void searxngIsAskedForJson() {
        web.with("/search", r -> r.response().end(RESULTS));

        assertThat(search(Engine.SEARXNG))
                .containsExactly(
                        new Hit("https://a.org/1", "One", "First"),
                        new Hit("https://b.org/2", "Two", ""));
        assertThat(web.asked).containsExactly("/search?q=low+tide+%26+more&format=json");
    }

    @Test
    void searxngIsToldTheDomainsAndAskedOnUntilThereIsEnough() {
        web.with("/search", r -> r.response().end(RESULTS));

        search(Engine.SEARXNG, new Domains(List.of("a.org", "c.org"), List.of("b.org")), 2);

        assertThat(web.asked)
                .hasSize(3)
                .first()
                .asString()
                .contains("site%3Aa.org+OR+site%3Ac.org+-site%3Ab.org");
        assertThat(web.asked.getLast()).endsWith("&pageno=3");
    }

    @Test
    void whatSearxngFoundBeforeItFailedIsKept() {
        AtomicInteger times = new AtomicInteger();
        web.with(
                "/search",
                r ->
                        r.response()
                                .setStatusCode(times.getAndIncrement() == 0 ? 200 : 403)
                                .end(RESULTS));

        assertThat(search(Engine.SEARXNG, Domains.ALL, 5)).hasSize(2);
    }

    @Test
    void tavilyIsGivenItsKeyAndWhatIsWanted() {
        List<JsonNode> bodies = new CopyOnWriteArrayList<>();
        List<String> keys = new CopyOnWriteArrayList<>();
        web.with(
                "/search",
                r -> {
                    keys.add(r.method() + " " + r.getHeader("authorization"));
                    r.body()
                            .onSuccess(
                                    body -> {
                                        bodies.add(Json.read(body.getBytes(), JsonNode.class));
                                        r.response().end(RESULTS);
                                    });
                });

        assertThat(search(Engine.TAVILY, new Domains(List.of("a.org"), List.of("b.org")), 7))
                .hasSize(2);
        assertThat(keys).containsExactly("POST Bearer tvly-secret");
        assertThat(bodies)
                .containsExactly(
                        Json.read(
                                """
                                {"query":"low tide & more","search_depth":"basic","max_results":7,
                                "include_domains":["a.org"],"exclude_domains":["b.org"]}""",
                                JsonNode.class));
    }

    @Test
    void anEngineThatFailsForAMomentIsAskedAgain() {
        AtomicInteger times = new AtomicInteger();
        web.with(
                "/search",
                r ->
                        r.response()
                                .setStatusCode(times.getAndIncrement() == 0 ? 503 : 200)
                                .end(RESULTS));

        assertThat(search(Engine.TAVILY)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 429, 500})
    void anEngineThatRefusesIsAFailure(int status) {
        web.with(
                "/search",
                r ->
                        r.response()
                                .setStatusCode(status)
                                .putHeader("location", "/elsewhere")
                                .end("tvly-secret"));

        assertThatThrownBy(() -> search(Engine.TAVILY))
                .isInstanceOf(SearchEngineException.class)
                .hasMessage("The search engine answered with the status %d.".formatted(status));
        assertThat(web.asked).doesNotContain("/elsewhere");
    }

    @Test
    void anAnswerThatIsNoJsonIsAFailure() {
        web.with("/search", r -> r.response().end("<html>"));

        assertThatThrownBy(() -> search(Engine.SEARXNG))
                .isInstanceOf(SearchEngineException.class)
                .hasMessage("The search engine's answer is no JSON.");
    }

    @Test
    void anAnswerOfManyMegabytesIsAFailure() {
        web.with("/search", r -> r.response().end("x".repeat(5 << 20)));

        assertThatThrownBy(() -> search(Engine.SEARXNG)).isInstanceOf(SearchEngineException.class);
    }

    @Test
    void anEngineThatIsSilentIsNotWaitedForLonger() {
        web.with("/search", _ -> {});

        assertThatThrownBy(
                        () ->
                                SearchEngineChoice.of(
                                                SmallWeb.Config.of(Engine.SEARXNG, web.base())
                                                        .impatient())
                                        .search(new Query("tide", 1, Domains.ALL))
                                        .await()
                                        .indefinitely())
                .isInstanceOf(SearchEngineException.class)
                .hasMessage("The search engine did not answer in time.");
    }

    @Test
    void anEngineThatIsNotThereIsAFailure() {
        SmallWeb gone = new SmallWeb(vertx);
        gone.close();

        assertThatThrownBy(
                        () ->
                                SearchEngineChoice.of(
                                                SmallWeb.Config.of(Engine.SEARXNG, gone.base()))
                                        .search(new Query("tide", 1, Domains.ALL))
                                        .await()
                                        .indefinitely())
                .isInstanceOf(SearchEngineException.class)
                .hasMessage("The search engine cannot be reached.");
    }

    @Test
    void withoutAnEngineNothingIsSearched() {
        SmallWeb.Config set = SmallWeb.Config.of(Engine.SEARXNG, "http://unused");
        SmallWeb.Config none =
                new SmallWeb.Config(
                        Optional.empty(),
                        Optional.<URI>empty(),
                        Optional.empty(),
                        set.engineTimeout(),
                        set.pageTimeout(),
                        set.pageBytes(),
                        set.timeout());

        assertThatThrownBy(
                        () ->
                                SearchEngineChoice.of(none)
                                        .search(new Query("tide", 1, Domains.ALL))
                                        .await()
                                        .indefinitely())
                .hasMessage("No search engine is configured.");
    }
}
