package dev.threadwell.api.file;

import dev.threadwell.file.FileObject;
import dev.threadwell.wire.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of files, whose fields the original writes in another order than those of other pages. */
record FileList(
        String object,
        List<FileObject> data,
        boolean hasMore,
        @Nullable String firstId,
        @Nullable String lastId) {

    static FileList of(Page<FileObject> page) {
        return new FileList(
                page.object(), page.data(), page.hasMore(), page.firstId(), page.lastId());
    }
}
