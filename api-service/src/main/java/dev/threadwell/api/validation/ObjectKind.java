package dev.threadwell.api.validation;

import dev.threadwell.run.Ids;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import dev.threadwell.wire.Deleted;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kinds of API objects, with the prefixes of their ids and their names in errors. */
public enum ObjectKind {
    ASSISTANT("assistant_id", "asst", "assistant", Ids::assistant),
    THREAD("thread_id", "thread", "thread", Ids::thread),
    MESSAGE("message_id", "msg", "message", Ids::message),
    RUN("run_id", "run", "run", Ids::run),
    STEP("step_id", "step", "run step", Ids::step),
    FILE("file_id", "file", "file", Ids::file),
    VECTOR_STORE("vector_store_id", "vs", "vector store", Ids::vectorStore),
    FILE_BATCH("batch_id", "vsfb", "vector store file batch", Ids::fileBatch),
    PROJECT("project_id", "proj", "project", Ids::project),
    SERVICE_ACCOUNT("service_account_id", "svc_acct", "service account", Ids::serviceAccount),
    API_KEY("api_key_id", "key", "API key", Ids::apiKey),
    ADMIN_KEY("key_id", "key", "admin API key", Ids::apiKey),
    AUDIT_LOG("audit_log_id", "audit_log", "audit log", Ids::auditLog);

    private static final IntPredicate OF_AN_ID =
            c ->
                    (c >= '0' && c <= '9')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || c == '_'
                            || c == '-';

    private static final int LONGEST = 64;

    private final String parameter;
    private final String prefix;
    private final String noun;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<String> ids;

    ObjectKind(String parameter, String prefix, String noun, Supplier<String> ids) {
        this.parameter = parameter;
        this.prefix = prefix;
        this.noun = noun;
        this.ids = ids;
    }

    /** The id of a new object of this kind. */
    public String newId() {
        return ids.get();
    }

    /** Whether an id has the prefix of this kind. */
    public boolean named(String id) {
        return id.startsWith(prefix + "_") || id.startsWith(prefix + "-");
    }

    /** The id from a path; throws if it has not the prefix of this kind. */
    public String id(String id) {
        check(parameter, id);
        return id;
    }

    /** The 404 for an object of this kind. */
    public ApiException notFound(String id) {
        return ApiError.notFound(noun, id).thrown();
    }

    /** The object; throws the 404 if it is null. */
    public <T> T existing(@Nullable T found, String id) {
        if (found == null) {
            throw notFound(id);
        }
        return found;
    }

    /** The answer to a deletion; throws the 404 if no object was deleted. */
    public Deleted deleted(boolean deleted, String id, String object) {
        if (!deleted) {
            throw notFound(id);
        }
        return Deleted.of(id, object);
    }

    /** Whether an object of this kind can have this id. */
    boolean hasForm(String id) {
        return id.startsWith(prefix + "_")
                && id.length() <= LONGEST
                && id.length() > prefix.length() + 1
                && isConceivable(id);
    }

    /** The error for an id that no object of this kind can have. */
    public ApiException refused(String path, String id) {
        return ValidationErrors.id(
                path, id.length() > LONGEST ? id.substring(0, LONGEST) + "…" : id, prefix);
    }

    /** Whether an id consists of the characters of ids, so that any object can have it. */
    public static boolean isConceivable(String id) {
        return id.chars().allMatch(OF_AN_ID);
    }

    public void check(String path, String id) {
        if (!id.startsWith(prefix)) {
            throw ValidationErrors.id(path, id, prefix);
        }
        // No id has other characters, and PostgreSQL would reject some of them with an error.
        if (!isConceivable(id)) {
            throw notFound(id);
        }
    }
}
