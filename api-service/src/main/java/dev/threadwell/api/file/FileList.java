package dev.threadwell.api.file;

import dev.threadwell.file.FileObject;
import dev.threadwell.wire.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of files, whose field order differs from that of all other pages, as in OpenAI's API. */
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
