package dev.threadwell.api.file;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.persistence.file.UploadStore;
import dev.threadwell.run.Ids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The validation rules of an upload, and the upload and the file that it creates. */
final class UploadRequest {

    static final String DATA = "data";

    static final ObjectRule COMPLETE =
            object(
                    required("part_ids", listOf("strings", 1, 100_000, text())),
                    optional("md5", text()));

    private static final int NAME = 1_024;
    private static final long LIFETIME_SECONDS = 3_600;
    private static final String EXPIRES_AFTER = "expires_after";

    private UploadRequest() {}

    /** The rules for a new upload of at most {@code maxBytes} bytes. */
    static ObjectRule create(long maxBytes) {
        return object(
                required("filename", filledText(NAME)),
                required("purpose", oneOf(Purpose.namesForClients().toArray(String[]::new))),
                required("bytes", between(1, maxBytes)),
                required("mime_type", filledText(NAME)),
                optional(
                        EXPIRES_AFTER,
                        object(
                                required("anchor", oneOf(FileRequest.CREATED_AT)),
                                required(
                                        "seconds",
                                        between(
                                                FileRequest.SHORTEST_LIFE,
                                                FileRequest.LONGEST_LIFE)))));
    }

    static Upload created(Body body, long now) {
        return new Upload(
                Ids.upload(),
                Upload.OBJECT,
                Objects.requireNonNull(body.wholeNumber("bytes"), "a required field"),
                now,
                body.required("filename"),
                body.required("purpose"),
                UploadStatus.PENDING,
                now + LIFETIME_SECONDS,
                null);
    }

    /** The lifetime of the future file that a valid body requests, in seconds. */
    static @Nullable Long fileLives(Body body) {
        Body after = body.object(EXPIRES_AFTER);
        return after == null ? null : after.wholeNumber("seconds");
    }

    /** The parts of the file; their total size must equal the announced size. */
    static List<UploadStore.Part> parts(UploadStore.Found found, List<String> ids) {
        List<UploadStore.Part> parts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long bytes = 0;
        for (String id : ids) {
            UploadStore.Part part = found.parts().get(id);
            if (part == null) {
                throw FileErrors.noSuch("Part", id);
            }
            if (!seen.add(id)) {
                throw FileErrors.refused("Part %s is named twice.".formatted(id), "part_ids");
            }
            parts.add(part);
            bytes += part.bytes();
        }
        if (bytes != found.upload().bytes()) {
            throw FileErrors.refused(
                    ("The number of bytes uploaded (%d) does not match the number of bytes"
                                    + " specified when the Upload was created (%d).")
                            .formatted(bytes, found.upload().bytes()),
                    null);
        }
        return parts;
    }

    /** The completed upload with its new file. */
    static Upload completed(UploadStore.Found found) {
        Upload upload = found.upload();
        Purpose purpose =
                Objects.requireNonNull(Purpose.forClients(upload.purpose()), "a checked purpose");
        FileObject file =
                FileObject.created(
                        Ids.file(),
                        purpose,
                        upload.filename(),
                        upload.bytes(),
                        upload.createdAt(),
                        FileRequest.expiresAt(purpose, found.fileLives(), upload.createdAt()));
        return upload.with(UploadStatus.COMPLETED, file);
    }
}
