package dev.threadwell.api.file;

import dev.threadwell.api.multipart.MultipartForm;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.BlobLedger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The validation rules of a new file, and the file that is created. */
final class FileRequest {

    static final String FILE = "file";

    static final long SHORTEST_LIFE = 3_600;
    static final long LONGEST_LIFE = 2_592_000;
    static final String CREATED_AT = "created_at";

    private static final String PURPOSE = "purpose";
    private static final String EXPIRES_AFTER = "expires_after";
    private static final String ANCHOR = "expires_after[anchor]";
    private static final String SECONDS = "expires_after[seconds]";
    private static final List<String> FIELDS = List.of(PURPOSE, ANCHOR, SECONDS);

    private static final long LIFE_OF_A_BATCH = Duration.ofDays(30).toSeconds();

    private FileRequest() {}

    /** Creates the file from a form; throws if the form is invalid. */
    static FileObject created(String id, MultipartForm<BlobLedger.Kept> form, long now) {
        MultipartForm.Incoming<BlobLedger.Kept> file = form.file();
        Map<String, String> fields = form.fields();
        if (file == null) {
            throw FileErrors.missing(FILE);
        }
        String given = fields.get(PURPOSE);
        if (given == null) {
            throw FileErrors.missing(PURPOSE);
        }
        fields.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw FileErrors.unexpected(name);
                        });
        Purpose purpose = purpose(given);
        Long life = life(fields);
        if (file.kept().bytes() == 0) {
            throw FileErrors.empty();
        }
        return FileObject.created(
                id,
                purpose,
                file.filename(),
                file.kept().bytes(),
                now,
                expiresAt(purpose, life, now));
    }

    private static Purpose purpose(String given) {
        Purpose purpose = Purpose.forClients(given);
        if (purpose == null) {
            throw FileErrors.purpose(given);
        }
        return purpose;
    }

    private static @Nullable Long life(Map<String, String> fields) {
        String anchor = fields.get(ANCHOR);
        String seconds = fields.get(SECONDS);
        if (anchor == null && seconds == null) {
            return null;
        }
        if (anchor == null) {
            throw FileErrors.missing("anchor", EXPIRES_AFTER);
        }
        if (seconds == null) {
            throw FileErrors.missing("seconds", EXPIRES_AFTER);
        }
        if (!anchor.equals(CREATED_AT)) {
            throw FileErrors.notOneOf(anchor, List.of(CREATED_AT), EXPIRES_AFTER + ".anchor");
        }
        return life(seconds, EXPIRES_AFTER + ".seconds");
    }

    private static long life(String given, String field) {
        if (!given.matches("[+-]?[0-9]{1,18}")) {
            throw FileErrors.notAnInteger(given, field);
        }
        long seconds = Long.parseLong(given);
        if (seconds < SHORTEST_LIFE) {
            throw FileErrors.tooSmall(given, SHORTEST_LIFE, field);
        }
        if (seconds > LONGEST_LIFE) {
            throw FileErrors.tooGreat(given, LONGEST_LIFE, field);
        }
        return seconds;
    }

    /** The expiration time of a file; batch files always have one. */
    static @Nullable Long expiresAt(Purpose purpose, @Nullable Long life, long createdAt) {
        if (life != null) {
            return createdAt + life;
        }
        return purpose == Purpose.BATCH ? Long.valueOf(createdAt + LIFE_OF_A_BATCH) : null;
    }
}
