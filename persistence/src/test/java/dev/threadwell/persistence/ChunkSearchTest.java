package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.vectorstore.IngestionStore.Ingestion;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.AttributeFilter.Comparison;
import dev.threadwell.vectorstore.AttributeFilter.Compound;
import dev.threadwell.vectorstore.AttributeFilter.Operator;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.VectorStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of a keyword search in a store, and their order. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChunkSearchTest {

    private final StoredFiles world = new StoredFiles();
    private final VectorStore store = world.store(List.of());

    @BeforeAll
    void fill() {
        reads(
                "food.txt",
                Map.of("topic", "food", "year", 2023, "public", true),
                "Favourite food: Filip likes cake, Effie likes pizza.",
                "The weather in the harbour is fine.");
        reads(
                "tides.txt",
                Map.of("topic", "sea \"and\" more", "year", 2024.5),
                "Low water is at noon; the ferry waits for the tide.");
        reads("港口.md", Map.of(), "渡轮在中午离开港口,风平浪静。");
    }

    private void reads(String name, Map<String, Object> attributes, String... texts) {
        String file = world.file(name);
        await(
                world.files.add(
                        PROJECT, store.id(), List.of(world.added(store.id(), file, attributes))));
        world.reads(store, file, texts);
    }

    private List<SearchResult> search(String query, AttributeFilter filter) {
        return await(world.chunks.search(PROJECT, List.of(store.id()), query, filter, 10, 0));
    }

    private List<String> names(String query, AttributeFilter filter) {
        return search(query, filter).stream().map(SearchResult::filename).toList();
    }

    @Test
    void theChunkWithMostOfTheWordsComesFirst() {
        List<SearchResult> found = search("Favourite FOOD of Filip at the harbour?", null);

        assertThat(found.getFirst().content().getFirst().text()).startsWith("Favourite food");
        assertThat(found).allMatch(r -> r.score() > 0 && r.score() < 1);
        assertThat(found.getFirst().score()).isGreaterThan(found.get(1).score());
    }

    @Test
    void aWordThatFewChunksHaveCountsMore() {
        assertThat(names("the tide", null)).startsWith("tides.txt");
    }

    @Test
    void chineseIsFoundWithoutSpacesBetweenItsWords() {
        assertThat(names("港口的渡轮", null)).containsExactly("港口.md");
    }

    @Test
    void whatNoneOfTheWordsIsInIsNotFound() {
        assertThat(search("zeppelin", null)).isEmpty();
        assertThat(search("?!", null)).isEmpty();
    }

    @Test
    void theThresholdLeavesOutWhatAnswersBadly() {
        double best = search("Filip cake", null).getFirst().score();
        assertThat(
                        await(
                                world.chunks.search(
                                        PROJECT,
                                        List.of(store.id()),
                                        "Filip cake",
                                        null,
                                        10,
                                        best)))
                .hasSize(1);
        assertThat(
                        await(
                                world.chunks.search(
                                        PROJECT, List.of(store.id()), "Filip ferry", null, 1, 0)))
                .hasSize(1);
    }

    private static Comparison where(Operator operator, String key, Object... values) {
        return new Comparison(operator, key, List.of(values));
    }

    private static final List<String> FOOD = List.of("food.txt", "food.txt");
    private static final List<String> TIDES = List.of("tides.txt");

    static List<Arguments> filters() {
        return List.of(
                Arguments.of(where(Operator.EQ, "topic", "food"), FOOD),
                Arguments.of(where(Operator.EQ, "topic", "sea \"and\" more"), TIDES),
                Arguments.of(where(Operator.EQ, "public", true), FOOD),
                Arguments.of(where(Operator.NE, "topic", "food"), TIDES),
                Arguments.of(where(Operator.NE, "public", true), TIDES),
                Arguments.of(
                        where(Operator.NE, "year", "2023"),
                        List.of("food.txt", "food.txt", "tides.txt")),
                Arguments.of(where(Operator.GT, "year", 2023), TIDES),
                Arguments.of(
                        where(Operator.GTE, "year", 2023),
                        List.of("food.txt", "food.txt", "tides.txt")),
                Arguments.of(where(Operator.LT, "year", 2024.5), FOOD),
                Arguments.of(where(Operator.LTE, "year", 2022), List.of()),
                Arguments.of(where(Operator.GT, "topic", "food"), TIDES),
                Arguments.of(where(Operator.IN, "year", 2020, 2023), FOOD),
                Arguments.of(where(Operator.NIN, "year", 2020, 2023), TIDES),
                Arguments.of(where(Operator.EQ, "no \\ such", "x"), List.of()),
                Arguments.of(
                        new Compound(
                                true,
                                List.of(
                                        where(Operator.GT, "year", 2000),
                                        new Compound(
                                                false,
                                                List.of(
                                                        where(Operator.EQ, "topic", "food"),
                                                        where(Operator.EQ, "topic", "x"))))),
                        FOOD));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterLeavesTheFilesWhoseAttributesMeetIt(AttributeFilter filter, List<String> names) {
        assertThat(names("the food", filter)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aFileThatIsDeletedIsNotFoundAnyMore() {
        String file = world.file("gone.txt");
        VectorStore other = world.store(List.of(file));
        world.reads(other, file, "a zeppelin");
        Stores.query("delete from files where id = $1", file);

        assertThat(await(world.chunks.search(PROJECT, List.of(other.id()), "zeppelin", null, 5, 0)))
                .isEmpty();
    }

    @Test
    void anotherProjectFindsNothing() {
        assertThat(
                        await(
                                world.chunks.search(
                                        "proj_other", List.of(store.id()), "food", null, 5, 0)))
                .isEmpty();
        assertThat(await(world.stores.find("proj_other", store.id()))).isNull();
    }

    @Test
    void theTextOfAFileIsWholeAndNothingInItIsTwice() {
        String file = world.file("whole.txt");
        VectorStore other = world.store(List.of(file));
        Ingestion ingestion = world.begun(other, file);
        await(
                world.ingestions.save(
                        ingestion,
                        0,
                        List.of(new Chunk(0, "one two "), new Chunk(4, "two three"))));
        await(world.ingestions.complete(ingestion, 1));

        assertThat(await(world.chunks.text(PROJECT, other.id(), file))).isEqualTo("one two three");
    }
}
