package dev.threadwell.api.vectorstore;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.id;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.run.Ids;
import dev.threadwell.vectorstore.ChunkingStrategy;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import dev.threadwell.vectorstore.VectorStoreFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The validation rules of a vector store, and the vector store that is created or changed. */
public final class StoreRequest {

    private static final Rule CHUNKING = new ChunkingRule();
    private static final Rule EXPIRY =
            object(required("anchor", oneOf("last_active_at")), required("days", between(1, 365)));

    static final ObjectRule CREATE =
            object(
                    optional("file_ids", listOf("strings", 0, 500, id(ObjectKind.FILE))),
                    optional("name", text(256)),
                    optional("description", text(512)),
                    optional("expires_after", EXPIRY),
                    optional("chunking_strategy", CHUNKING),
                    optional("metadata", metadata()));

    static final ObjectRule MODIFY =
            object(
                    optional("name", text(256)),
                    optional("expires_after", EXPIRY),
                    optional("metadata", metadata()));

    /** A store that is created together with an assistant or a thread. */
    public static final ObjectRule INLINE =
            object(
                    optional("file_ids", listOf("strings", 0, 10_000, id(ObjectKind.FILE))),
                    optional("chunking_strategy", CHUNKING),
                    optional("metadata", metadata()));

    private StoreRequest() {}

    /** Creates the store that a valid body requests. */
    static VectorStore created(String id, Body body, long now) {
        Map<String, String> metadata = body.metadata();
        return VectorStore.created(
                id,
                now,
                body.text("name"),
                body.text("description"),
                expiry(body.object("expires_after")),
                metadata == null ? Map.of() : metadata);
    }

    /**
     * Creates the store of an assistant or of a thread; only a thread's store expires by default.
     */
    static VectorStore inline(Body body, @Nullable ExpiresAfter expiry, long now) {
        Map<String, String> metadata = body.metadata();
        return VectorStore.created(
                Ids.vectorStore(), now, null, null, expiry, metadata == null ? Map.of() : metadata);
    }

    /** The initial files of a new store. */
    static List<VectorStoreFile> files(Body body, VectorStore store) {
        ChunkingStrategy strategy = ChunkingRule.of(body.object("chunking_strategy"));
        return body.strings("file_ids").stream()
                .map(
                        id ->
                                VectorStoreFile.added(
                                        id, store.id(), store.createdAt(), strategy, Map.of()))
                .toList();
    }

    /** Applies a modification; only an explicit null removes the name or the expiration policy. */
    static VectorStore modified(VectorStore before, Body body) {
        String name = body.text("name");
        ExpiresAfter expiry = expiry(body.object("expires_after"));
        Map<String, String> metadata = body.metadata();
        return before.described(
                body.gives("name") ? name : before.name(),
                body.gives("expires_after") ? expiry : before.expiresAfter(),
                metadata == null ? before.metadata() : metadata);
    }

    private static @Nullable ExpiresAfter expiry(@Nullable Body expiry) {
        return expiry == null
                ? null
                : new ExpiresAfter(
                        expiry.required("anchor"), Objects.requireNonNull(expiry.integer("days")));
    }
}
