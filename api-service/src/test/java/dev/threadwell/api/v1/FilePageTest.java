package dev.threadwell.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.wire.Page;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePageTest {

    private static final List<V1File> FILES =
            List.of("a", "b", "c", "d").stream().map(id -> new V1File(id, 1)).toList();

    @ParameterizedTest
    @CsvSource({
        "4, false, , , d c b a, false",
        "2, false, , , d c, true",
        "2, true, , , a b, true",
        "2, false, c, , b a, false",
        "2, true, a, , b c, true",
        "2, false, , a, c b, true",
        "2, true, , d, b c, true",
        "3, true, , d, a b c, false",
        "2, true, a, d, b c, false",
        "2, true, d, , '', false",
        "2, true, d, a, '', false",
    })
    void aPageIsWhatLiesBetweenItsCursors(
            int limit, boolean ascending, String after, String before, String ids, boolean more) {
        Page<String> page =
                FilePage.of(FILES, new ListQuery(limit, ascending, after, before), V1File::id);
        List<String> expected = Arrays.stream(ids.split(" ")).filter(s -> !s.isEmpty()).toList();
        assertThat(page.data()).isEqualTo(expected);
        assertThat(page.firstId()).isEqualTo(expected.isEmpty() ? null : expected.getFirst());
        assertThat(page.lastId()).isEqualTo(expected.isEmpty() ? null : expected.getLast());
        assertThat(page.hasMore()).isEqualTo(more);
    }
}
