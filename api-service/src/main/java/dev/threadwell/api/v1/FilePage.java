package dev.threadwell.api.v1;

import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.file.V1File;
import dev.threadwell.wire.Page;
import java.util.List;
import java.util.function.Function;

/** Pages through the few v1 files of one object. */
final class FilePage {

    private FilePage() {}

    /** The page of these files, which are in the order in which they were added. */
    static <T> Page<T> of(List<V1File> files, ListQuery query, Function<V1File, T> shown) {
        List<V1File> ordered = query.ascending() ? files : files.reversed();
        int start = query.after() == null ? 0 : place(ordered, query.after()) + 1;
        int end = query.before() == null ? ordered.size() : place(ordered, query.before());
        List<V1File> between = ordered.subList(Math.min(start, end), end);
        boolean more = between.size() > query.limit();
        // With {@code before} alone, the page consists of the last files in front of that one.
        boolean backwards = query.before() != null && query.after() == null;
        int first = more && backwards ? between.size() - query.limit() : 0;
        int last = Math.min(between.size(), first + query.limit());
        List<V1File> page = between.subList(first, last);
        Page<V1File> ids = Page.of(page, V1File::id, more);
        return new Page<>(
                ids.object(),
                page.stream().map(shown).toList(),
                ids.firstId(),
                ids.lastId(),
                ids.hasMore());
    }

    /** The file with this id; throws the API's 404 if there is none. */
    static V1File one(List<V1File> files, String id) {
        return files.get(place(files, id));
    }

    private static int place(List<V1File> files, String id) {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).id().equals(id)) {
                return i;
            }
        }
        throw ObjectKind.FILE.notFound(id);
    }
}
