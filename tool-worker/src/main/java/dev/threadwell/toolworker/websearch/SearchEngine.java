package dev.threadwell.toolworker.websearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port to a search engine for the web. */
interface SearchEngine {

    /**
     * What is searched for.
     *
     * @param results how many results are wanted
     * @param domains which hosts are wanted; an engine need not heed them
     */
    record Query(String text, int results, Domains domains) {}

    /** A page that was found, as the engine describes it. Nothing in it has been checked. */
    record Hit(String url, String title, String snippet) {

        /** The pages in an answer's member {@code results}, which both engines write alike. */
        static List<Hit> ofResults(JsonNode answer) {
            return answer.path("results")
                    .valueStream()
                    .map(
                            one ->
                                    new Hit(
                                            one.path("url").asText(""),
                                            one.path("title").asText(""),
                                            one.path("content").asText("")))
                    .toList();
        }
    }

    /** The pages, best first. Fails with a {@link SearchEngineException}. */
    Uni<List<Hit>> search(Query query);
}
