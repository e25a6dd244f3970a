package dev.threadwell.api.file;

import dev.threadwell.file.FileObject;

/**
 * The response to a file's deletion, whose field order differs from that of all other deletions.
 */
record DeletedFile(String object, boolean deleted, String id) {

    static DeletedFile of(String id) {
        return new DeletedFile(FileObject.OBJECT, true, id);
    }
}
