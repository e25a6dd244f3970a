package dev.threadwell.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.search.OpenSearchForTests;
import dev.threadwell.search.index.ChunkIndex.Hit;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index in a real OpenSearch, which processes share. */
@Tag("server")
class OpenSearchIndexTest extends ChunkIndexRules {

    private static final List<String> WORDS =
            List.of("ferry", "tide", "harbour", "quay", "storm", "cake", "内存", "溢出", "服务器", "天气");

    private final String name = "test-" + UUID.randomUUID();

    @Override
    ChunkIndex open() {
        return OpenSearchForTests.process(name);
    }

    private static Set<Long> fileVersions(ChunkIndex index) throws IOException {
        return index.with("vs_1", ChunkIndex.OfStore::fileVersions);
    }

    @Test
    void whatAnotherProcessDidIsKnown() throws IOException {
        try (ChunkIndex other = open()) {
            assertThat(fileVersions(other)).isEmpty();
            fill(index(), "vs_1", chunk(7, 0, "low water"), chunk(8, 0, "high water"));
            assertThat(fileVersions(other)).containsExactlyInAnyOrder(7L, 8L);
            assertThat(found(other, "vs_1", "low", null)).hasSize(1);

            other.with(
                    "vs_1",
                    store -> {
                        store.remove(List.of(7L));
                        return true;
                    });
            assertThat(fileVersions(index())).containsExactly(8L);
        }
    }

    @Test
    void processesThatFillAStoreAtTheSameTimeFillItOnce()
            throws IOException, InterruptedException, ExecutionException {
        Searchable[] chunks = new Searchable[150];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = chunk(i, 0, "ferry number" + i, vector(1, 0));
        }
        try (ChunkIndex other = open();
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<?>> fillings = new ArrayList<>();
            for (ChunkIndex each : List.of(index(), other)) {
                fillings.add(
                        two.submit(
                                () -> {
                                    fill(each, "vs_1", chunks);
                                    return true;
                                }));
            }
            for (Future<?> filling : fillings) {
                filling.get();
            }

            assertThat(fileVersions(index())).hasSize(150).isEqualTo(fileVersions(other));
            double all = Terms.rarity(150, 150) + Terms.rarity(150, 1);
            assertThat(words(found(other, "vs_1", "ferry number17", null), 3))
                    .isCloseTo(Terms.rarity(150, 150) / all / 1.3, within(1e-5));
        }
    }

    @Test
    void anIndexThatIsLostIsEmptyAndCanBeFilledAgain() throws IOException {
        Searchable water = chunk(7, 0, "low water", vector(1, 0));
        fill(index(), "vs_1", water);
        assertThat(fileVersions(index())).containsExactly(7L);

        OpenSearchForTests.lose(name);

        assertThat(fileVersions(index())).isEmpty();
        fill(index(), "vs_1", water);
        assertThat(fileVersions(index())).containsExactly(7L);
        assertThat(found(index(), "vs_1", "water", vector(1, 0))).hasSize(1);
    }

    @Test
    void anIndexThatAnotherProcessMadeAgainIsFilledAndSearched() throws IOException {
        Searchable water = chunk(7, 0, "low water", vector(1, 0));
        fill(index(), "vs_1", water);
        OpenSearchForTests.lose(name);
        try (ChunkIndex other = open()) {
            assertThat(fileVersions(other)).isEmpty();
        }

        assertThat(found(index(), "vs_1", "water", vector(1, 0))).isEmpty();
        fill(index(), "vs_1", water);
        assertThat(found(index(), "vs_1", "water", vector(1, 0))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsPutIntoAnIndexThatIsLostMeanwhileComesIntoNoOther(boolean madeAgain)
            throws IOException {
        try (ChunkIndex other = open()) {
            assertThatThrownBy(
                            () ->
                                    index().with(
                                                    "vs_1",
                                                    store -> {
                                                        store.put(7, List.of(chunk(7, 0, "water")));
                                                        OpenSearchForTests.lose(name);
                                                        if (madeAgain) {
                                                            fileVersions(other);
                                                        }
                                                        store.refresh();
                                                        return true;
                                                    }))
                    .isInstanceOf(IOException.class);

            assertThat(fileVersions(index())).isEmpty();
            assertThat(found(other, "vs_1", "water", null)).isEmpty();
        }
    }

    @Test
    void whatIsSentInSeveralPartsIsThereWhenAllOfThemAre() throws IOException {
        float[] wide = new float[4_000];
        Arrays.fill(wide, 0.1f);
        Vectors vectors = new Vectors("wide", List.of(wide));
        index().with(
                        "vs_1",
                        store -> {
                            for (long fileVersion = 0; fileVersion < 3; fileVersion++) {
                                List<Searchable> chunks = new ArrayList<>();
                                for (int n = 0; n < 60; n++) {
                                    chunks.add(
                                            new Searchable(fileVersion, n, "low water", vectors));
                                }
                                store.put(fileVersion, chunks);
                            }
                            store.refresh();
                            return true;
                        });

        assertThat(fileVersions(index())).containsExactlyInAnyOrder(0L, 1L, 2L);
        assertThat(index().<List<Hit>>with("vs_1", s -> s.search("water", null, Set.of(1L))))
                .hasSize(60);
    }

    @Test
    void aStayWhoseChunksWereRefusedIsNotSaidToBeThere() throws IOException {
        Vectors tooLong = new Vectors("m/2", List.of(new float[20_000]));
        index().with(
                        "vs_1",
                        store -> {
                            store.put(6, List.of(chunk(6, 0, "low water")));
                            assertThatThrownBy(
                                            () ->
                                                    store.put(
                                                            7,
                                                            List.of(
                                                                    new Searchable(
                                                                            7, 0, "secret",
                                                                            tooLong))))
                                    .isInstanceOf(IOException.class)
                                    .hasMessageNotContaining("secret");
                            store.refresh();
                            return true;
                        });

        assertThat(fileVersions(index())).containsExactly(6L);
    }

    @Test
    void scoresAreThoseOfLuceneWhateverOtherStoresHave(@TempDir Path directory) throws IOException {
        Random random = new Random(42);
        fill(index(), "vs_2", texts(random, 200));
        Searchable[] ours = texts(random, 60);
        fill(index(), "vs_1", ours);
        try (ChunkIndex lucene = new LuceneIndex(directory)) {
            fill(lucene, "vs_1", ours);
            for (String query : List.of("ferry", "the tides of 内存溢出", "cake storms quay 天气")) {
                List<Hit> expected = found(lucene, "vs_1", query, vector(0.6, 0.8));
                List<Hit> found = found(index(), "vs_1", query, vector(0.6, 0.8));

                assertThat(found).hasSameSizeAs(expected);
                for (Hit hit : expected) {
                    assertThat(words(found, hit.fileVersion()))
                            .isCloseTo(hit.words(), within(1e-4));
                    assertThat(found)
                            .filteredOn(h -> h.fileVersion() == hit.fileVersion())
                            .first()
                            .extracting(Hit::meaning)
                            .satisfies(
                                    meaning ->
                                            assertThat(meaning)
                                                    .isCloseTo(hit.meaning(), within(1e-4)));
                }
            }
        }
    }

    private static Searchable[] texts(Random random, int count) {
        Searchable[] texts = new Searchable[count];
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 1 + random.nextInt(60); w++) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            texts[i] =
                    chunk(
                            i,
                            0,
                            text.toString(),
                            Vectors.unit(vector(random.nextGaussian(), random.nextGaussian())));
        }
        return texts;
    }
}
