package dev.threadwell.api.file;

import dev.threadwell.file.FileObject;

/** The answer to the deletion of a file, which differs from all other deletions'. */
record DeletedFile(String object, boolean deleted, String id) {

    static DeletedFile of(String id) {
        return new DeletedFile(FileObject.OBJECT, true, id);
    }
}
