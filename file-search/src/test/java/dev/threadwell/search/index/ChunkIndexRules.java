package dev.threadwell.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.search.index.ChunkIndex.Hit;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every index keeps and finds. */
abstract class ChunkIndexRules {

    private ChunkIndex index;

    abstract ChunkIndex open() throws IOException;

    @BeforeEach
    void opens() throws IOException {
        index = open();
    }

    @AfterEach
    void closes() throws IOException {
        index.close();
    }

    final ChunkIndex index() {
        return index;
    }

    static Searchable chunk(long fileVersion, int n, String text, float[]... windows) {
        return new Searchable(
                fileVersion,
                n,
                text,
                windows.length == 0 ? null : new Vectors("m/2", List.of(windows)));
    }

    static float[] vector(double... numbers) {
        float[] vector = new float[numbers.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers[i];
        }
        return vector;
    }

    static void fill(ChunkIndex filled, String store, Searchable... chunks) throws IOException {
        filled.with(
                store,
                s -> {
                    for (Searchable chunk : chunks) {
                        s.put(chunk.fileVersion(), List.of(chunk));
                    }
                    s.refresh();
                    return true;
                });
    }

    static List<Hit> found(
            ChunkIndex searched, String store, String query, float @Nullable [] meaning)
            throws IOException {
        return searched.with(
                store,
                s ->
                        s.search(
                                query,
                                meaning == null ? null : new Vectors("m/2", List.of(meaning)),
                                null));
    }

    @Test
    void whatIsPutInIsSaidToBeThereWhenSearchesFindIt() throws IOException {
        List<Hit> found =
                index.with(
                        "vs_1",
                        store -> {
                            store.put(7, List.of(chunk(7, 0, "low water")));
                            assertThat(store.fileVersions()).isEmpty();
                            store.refresh();
                            assertThat(store.fileVersions()).containsExactly(7L);
                            return store.search("water", null, null);
                        });

        assertThat(found).extracting(Hit::fileVersion).containsExactly(7L);
    }

    @Test
    void whatIsTakenOutIsNotFoundAnyMore() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "low water"), chunk(8, 0, "high water"));
        index.with(
                "vs_1",
                store -> {
                    store.remove(List.of(7L));
                    store.refresh();
                    assertThat(store.fileVersions()).containsExactly(8L);
                    return true;
                });

        assertThat(found(index, "vs_1", "water", null))
                .extracting(Hit::fileVersion)
                .containsExactly(8L);
    }

    @Test
    void whatIsPutInTwiceIsThereOnce() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "low water", vector(1, 0)));
        fill(index, "vs_1", chunk(7, 0, "low water", vector(1, 0)));

        assertThat(index.<Set<Long>>with("vs_1", ChunkIndex.OfStore::fileVersions))
                .containsExactly(7L);
        assertThat(found(index, "vs_1", "water", vector(1, 0))).hasSize(1);
    }

    @Test
    void aStoreIsNotFoundInAnother() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "low water", vector(1, 0)));

        assertThat(found(index, "vs_2", "water", vector(1, 0))).isEmpty();
        assertThat(index.<Set<Long>>with("vs_2", ChunkIndex.OfStore::fileVersions)).isEmpty();
    }

    @Test
    void onlyTheStaysThatAreAskedForAreFound() throws IOException {
        fill(
                index,
                "vs_1",
                chunk(7, 0, "low water", vector(1, 0)),
                chunk(8, 0, "low water", vector(1, 0)));

        List<Hit> found =
                index.with(
                        "vs_1",
                        store ->
                                store.search(
                                        "water",
                                        new Vectors("m/2", List.of(vector(1, 0))),
                                        Set.of(8L)));

        assertThat(found).extracting(Hit::fileVersion).containsExactly(8L);
    }

    @Test
    void aChunkIsAsNearAsTheNearestOfItsWindows() throws IOException {
        fill(index, "vs_1", chunk(7, 3, "", vector(0, 1), vector(0.6, 0.8), vector(-1, 0)));

        Hit hit = found(index, "vs_1", "", vector(1, 0)).getFirst();

        assertThat(hit.n()).isEqualTo(3);
        assertThat(hit.meaning()).isCloseTo(0.6, within(1e-5));
        assertThat(hit.words()).isZero();
    }

    @Test
    void whatMeansTheOppositeIsAsFarAsCanBe() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "", vector(-1, 0)), chunk(8, 0, "", vector(0, 1)));

        List<Hit> found = found(index, "vs_1", "", vector(1, 0));

        assertThat(found)
                .extracting(Hit::fileVersion, Hit::meaning)
                .containsExactlyInAnyOrder(tuple(7L, -1.0), tuple(8L, 0.0));
    }

    @Test
    void vectorsOfAnotherModelAreNotCompared() throws IOException {
        Vectors other = new Vectors("another.model_ü", List.of(vector(1, 0, 0)));
        fill(
                index,
                "vs_1",
                new Searchable(7, 0, "low water", other),
                chunk(8, 0, "high water", vector(1, 0)));

        List<Hit> found = found(index, "vs_1", "low", vector(1, 0));

        assertThat(found)
                .filteredOn(h -> h.fileVersion() == 7)
                .extracting(Hit::meaning)
                .containsNull();
        assertThat(found)
                .filteredOn(h -> h.fileVersion() == 8)
                .extracting(Hit::words)
                .containsExactly(0.0);
    }

    @Test
    void aRareWordCountsMoreThanAFrequentOne() throws IOException {
        fill(
                index,
                "vs_1",
                chunk(1, 0, "ferry harbour"),
                chunk(2, 0, "ferry quay"),
                chunk(3, 0, "ferry tide"),
                chunk(4, 0, "zeppelin quay"));

        List<Hit> found = found(index, "vs_1", "ferry zeppelin", null);

        double rare = words(found, 4);
        assertThat(words(found, 1)).isLessThan(rare).isEqualTo(words(found, 2));
        // What has half of the rarity has half of the share, less what a text's length takes.
        double all = Math.log(1 + 1.5 / 3.5) + Math.log(1 + 3.5 / 1.5);
        assertThat(rare).isCloseTo(Math.log(1 + 3.5 / 1.5) / all / 1.3, within(1e-5));
    }

    static double words(List<Hit> found, long fileVersion) {
        return found.stream()
                .filter(h -> h.fileVersion() == fileVersion)
                .findFirst()
                .orElseThrow()
                .words();
    }

    @Test
    void chineseIsFoundWithoutSpaces() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "服务器内存溢出后自动重启。"), chunk(8, 0, "今天天气很好。"));

        assertThat(found(index, "vs_1", "内存溢出", null))
                .extracting(Hit::fileVersion)
                .containsExactly(7L);
    }

    @Test
    void textsWithoutAnyWordAreNoHindrance() throws IOException {
        fill(index, "vs_1", chunk(7, 0, "… the …"), chunk(8, 0, "", vector(0, 0)));

        assertThat(found(index, "vs_1", "ferry", null)).isEmpty();
        assertThat(found(index, "vs_1", "?!", null)).isEmpty();
        assertThat(index.<Set<Long>>with("vs_1", ChunkIndex.OfStore::fileVersions))
                .containsExactlyInAnyOrder(7L, 8L);
    }
}
