package dev.threadwell.persistence.file;

import static dev.threadwell.persistence.Stores.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.run.Ids;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class V1FilesTest {

    private final V1Files given = new V1Files(Stores.POOL);
    private final String id = Ids.assistant();

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofMinutes(2));
    }

    private static List<V1File> files(String... ids) {
        return Stream.of(ids).map(file -> new V1File(file, 1)).toList();
    }

    @Test
    void filesKeepTheirOrder() {
        await(given.save(PROJECT, null, Map.of(id, files("file-b", "file-a"))));
        assertThat(await(given.of(PROJECT, id))).isEqualTo(files("file-b", "file-a"));
    }

    @Test
    void anObjectThatWasGivenNothingHasNoFiles() {
        assertThat(await(given.of(PROJECT, id))).isEmpty();
    }

    @Test
    void whatIsSavedAgainIsReplaced() {
        await(given.save(PROJECT, "thread_1", Map.of(id, files("file-a"))));
        await(given.save(PROJECT, "thread_1", Map.of(id, files("file-b"))));
        assertThat(await(given.of(PROJECT, id))).isEqualTo(files("file-b"));
    }

    @Test
    void changesAtTheSameTimeAreAllKept() {
        List<Uni<List<V1File>>> changes =
                IntStream.range(0, 20)
                        .mapToObj(n -> new V1File("file-" + n, n))
                        .map(
                                file ->
                                        given.change(
                                                PROJECT,
                                                id,
                                                before ->
                                                        Stream.concat(
                                                                        before.stream(),
                                                                        Stream.of(file))
                                                                .toList()))
                        .toList();
        await(Uni.join().all(changes).andFailFast());
        assertThat(await(given.of(PROJECT, id))).hasSize(20);
    }

    @Test
    void anotherProjectNeitherSeesNorChangesThem() {
        await(given.save(PROJECT, null, Map.of(id, files("file-a"))));
        await(given.save("proj_other", null, Map.of(id, files("file-b"))));
        await(given.forget("proj_other", List.of(id)));
        assertThat(await(given.of("proj_other", id))).isEmpty();
        assertThat(await(given.of(PROJECT, id))).isEqualTo(files("file-a"));
    }
}
