package dev.threadwell.api.vectorstore;

import static dev.threadwell.api.validation.Rules.id;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.FileAttributesRule;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.vectorstore.VectorStoreFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The validation rules of files that are added to a vector store, one by one or as a batch. */
final class StoreFileRequest {

    private static final int BATCH = 2_000;
    private static final Field STRATEGY = optional("chunking_strategy", new ChunkingRule());
    private static final Field ATTRIBUTES = optional("attributes", new FileAttributesRule());

    static final ObjectRule ADD =
            object(required("file_id", id(ObjectKind.FILE)), STRATEGY, ATTRIBUTES);

    /** null removes all attributes. */
    static final ObjectRule DESCRIBE = object(ATTRIBUTES);

    static final ObjectRule ADD_BATCH =
            object(
                    optional("file_ids", listOf("strings", 1, BATCH, id(ObjectKind.FILE))),
                    optional("files", listOf("objects", 1, BATCH, ADD)),
                    STRATEGY,
                    ATTRIBUTES);

    private StoreFileRequest() {}

    static VectorStoreFile added(Body body, String storeId, long now) {
        return added(body.required("file_id"), body, storeId, now);
    }

    /** The batch's own strategy and attributes apply only to its {@code file_ids}. */
    static List<VectorStoreFile> batch(Body body, String storeId, long now) {
        if (body.has("file_ids") && body.has("files")) {
            throw ValidationErrors.exclusive("file_ids", "files");
        }
        if (!body.has("file_ids") && !body.has("files")) {
            throw ValidationErrors.missing("file_ids");
        }
        return body.has("files")
                ? body.objects("files").stream().map(file -> added(file, storeId, now)).toList()
                : body.strings("file_ids").stream()
                        .map(id -> added(id, body, storeId, now))
                        .toList();
    }

    private static VectorStoreFile added(String id, Body body, String storeId, long now) {
        return VectorStoreFile.added(
                id,
                storeId,
                now,
                ChunkingRule.of(body.object("chunking_strategy")),
                attributes(body));
    }

    static Map<String, Object> attributes(Body body) {
        @Nullable Map<String, Object> attributes = body.map("attributes");
        return attributes == null ? Map.of() : attributes;
    }
}
