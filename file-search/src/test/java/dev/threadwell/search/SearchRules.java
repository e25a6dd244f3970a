package dev.threadwell.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.AttributeFilter.Comparison;
import dev.threadwell.vectorstore.AttributeFilter.Operator;
import dev.threadwell.vectorstore.SearchResult;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found is what the rows say, whatever an index has. */
@Tag("server")
abstract class SearchRules {

    static final StoredChunks ROWS = new StoredChunks();

    final String store = ROWS.store();
    final CountedWords embedder = new CountedWords();
    ChunkIndex index;

    /** What a process has, and after a restart again. */
    abstract ChunkIndex open();

    /** Loses what all of them have. */
    abstract void lose() throws IOException;

    @BeforeEach
    void opens() {
        index = open();
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    final List<SearchResult> search(ChunkIndex searched, SearchQuery query) {
        return ROWS.search(embedder, searched).search(query).await().atMost(StoredChunks.LONG);
    }

    final SearchQuery query(String... queries) {
        return new SearchQuery(
                StoredChunks.PROJECT,
                List.of(store),
                List.of(queries),
                null,
                10,
                0,
                Weights.DEFAULT);
    }

    final List<String> names(SearchQuery query) {
        return search(index, query).stream().map(SearchResult::filename).toList();
    }

    private SearchQuery filtered(AttributeFilter filter) {
        return new SearchQuery(
                StoredChunks.PROJECT,
                List.of(store),
                List.of("ferry"),
                filter,
                10,
                0,
                Weights.DEFAULT);
    }

    final void twoFiles() {
        ROWS.reads(
                store, "tides.txt", "{\"sea\": true}", embedder, "The ferry waits for the tide.");
        ROWS.reads(store, "food.txt", "{\"sea\": false}", embedder, "Filip likes cake.");
    }

    @Test
    void theChunkThatAnswersComesFirst() {
        twoFiles();

        List<SearchResult> found = search(index, query("tide ferry"));

        assertThat(found.getFirst().filename()).isEqualTo("tides.txt");
        assertThat(found.getFirst().attributes()).containsEntry("sea", true);
        assertThat(found.getFirst().content().getFirst().text())
                .isEqualTo("The ferry waits for the tide.");
        assertThat(found).allMatch(r -> r.score() >= 0 && r.score() <= 1);
    }

    @Test
    void whatAnswersAnyOfTheQueriesIsFoundOnce() {
        twoFiles();

        assertThat(names(query("ferry", "cake", "tide")))
                .containsExactlyInAnyOrder("tides.txt", "food.txt");
    }

    @Test
    void aThresholdLeavesOutWhatAnswersBadly() {
        twoFiles();
        SearchQuery all = query("cake");
        double best = search(index, all).getFirst().score();

        assertThat(
                        names(
                                new SearchQuery(
                                        all.projectId(),
                                        all.storeIds(),
                                        all.queries(),
                                        null,
                                        10,
                                        best,
                                        Weights.DEFAULT)))
                .containsExactly("food.txt");
    }

    @Test
    void aFilterLooksAtTheAttributesAsTheyAreNow() {
        twoFiles();
        names(query("ferry"));
        ROWS.describes(store, "tides.txt", "{\"sea\": false}");

        assertThat(names(filtered(new Comparison(Operator.EQ, "sea", List.of(false)))))
                .containsExactlyInAnyOrder("tides.txt", "food.txt");
        assertThat(names(filtered(new Comparison(Operator.EQ, "sea", List.of(true))))).isEmpty();
    }

    @Test
    void aFileThatCameAfterTheIndexIsFound() {
        twoFiles();
        names(query("ferry"));
        ROWS.reads(store, "late.txt", "{}", embedder, "A zeppelin landed.");

        assertThat(names(query("zeppelin"))).startsWith("late.txt");
    }

    @Test
    void aFileThatWasTakenOutIsNotFound() {
        twoFiles();
        names(query("ferry"));
        ROWS.takesOut(store, "tides.txt");

        assertThat(names(query("ferry"))).containsExactly("food.txt");
    }

    @Test
    void aFileThatWasDeletedIsNotFoundThoughItsChunksAreThere() {
        twoFiles();
        names(query("ferry"));
        ROWS.deletes(store, "tides.txt");

        assertThat(names(query("ferry"))).containsExactly("food.txt");
    }

    @Test
    void anotherProjectFindsNothing() {
        twoFiles();

        assertThat(
                        names(
                                new SearchQuery(
                                        "proj_other",
                                        List.of(store),
                                        List.of("ferry"),
                                        null,
                                        10,
                                        0,
                                        Weights.DEFAULT)))
                .isEmpty();
    }

    @Test
    void anIndexThatWasClosedIsThereAgain() throws IOException {
        twoFiles();
        names(query("ferry"));
        index.close();
        index = open();

        assertThat(index.<Integer>with(store, s -> s.fileVersions().size())).isEqualTo(2);
        assertThat(names(query("ferry"))).startsWith("tides.txt");
    }

    @Test
    void anIndexThatIsLostIsMadeAgainFromTheRows() throws IOException {
        twoFiles();
        names(query("ferry"));
        lose();

        // By meaning too, and not by the words of the rows alone.
        assertThat(names(query("ferry"))).containsExactly("tides.txt", "food.txt");
        assertThat(index.<Integer>with(store, s -> s.fileVersions().size())).isEqualTo(2);
    }

    @Test
    void whatIsLeftOfADeletedStoreIsSweptOutOfTheIndex() throws IOException {
        twoFiles();
        names(query("ferry"));
        String other = ROWS.store();
        index.with(
                other,
                s -> {
                    s.put(1, List.of(new Searchable(1, 0, "The ferry waits.", null)));
                    s.refresh();
                    return true;
                });
        ROWS.deletes(other);

        new IndexSweep(Vertx.vertx(), index, new ChunkIndexQueries(ROWS.pool()))
                .sweep("")
                .await()
                .atMost(StoredChunks.LONG);

        assertThat(index.stores("", 10)).contains(store).doesNotContain(other);
        assertThat(names(query("ferry"))).startsWith("tides.txt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereAnIndexOrAnEmbedderFailsTheWordsAreFound(boolean indexFails) {
        twoFiles();
        embedder.fails = !indexFails;
        ChunkIndex broken =
                new ChunkIndex() {
                    @Override
                    public <T> T with(String storeId, Work<T> work) throws IOException {
                        throw new IOException("the disk is full");
                    }

                    @Override
                    public List<String> stores(String after, int most) {
                        return List.of();
                    }

                    @Override
                    public void drop(String storeId) {}

                    @Override
                    public void close() {}
                };

        assertThat(search(indexFails ? broken : index, query("the ferry")).getFirst().filename())
                .isEqualTo("tides.txt");
    }

    @Test
    void chunksOfAnotherModelAreFoundByTheirWords() {
        ROWS.reads(store, "old.txt", "{}", new CountedWords("older"), "The ferry of old.");
        ROWS.reads(store, "new.txt", "{}", embedder, "Nothing of the kind.");

        assertThat(names(query("ferry"))).startsWith("old.txt");
    }
}
