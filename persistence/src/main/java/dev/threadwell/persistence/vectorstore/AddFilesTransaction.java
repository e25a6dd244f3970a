package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.vectorstore.VectorStoreFileStore.Addition;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.vectorstore.VectorStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The transaction around statements that add files to a store: locks the store, checks that it has
 * not expired, adds the files, and publishes the messages after the commit.
 */
final class AddFilesTransaction {

    private static final AddFilesStatement.Saved NOTHING =
            new AddFilesStatement.Saved(new Long[0], List.of());

    private AddFilesTransaction() {}

    private record Done(Addition addition, AddFilesStatement.Saved saved) {}

    static Uni<Addition> into(
            VectorStoreLock lock,
            Outbox outbox,
            String projectId,
            String storeId,
            Function<SqlConnection, Uni<AddFilesStatement.Saved>> add) {
        return lock.<Done>locked(projectId, storeId, (c, store) -> done(c, store, add))
                .map(done -> published(done, outbox));
    }

    private static Uni<@Nullable Done> done(
            SqlConnection c,
            VectorStore store,
            Function<SqlConnection, Uni<AddFilesStatement.Saved>> add) {
        return store.expired()
                ? Uni.createFrom().<@Nullable Done>item(new Done(new Addition.Expired(), NOTHING))
                : add.apply(c).<@Nullable Done>map(saved -> new Done(new Addition.Added(), saved));
    }

    private static Addition published(@Nullable Done done, Outbox outbox) {
        if (done == null) {
            return new Addition.NoStore();
        }
        done.saved().publish(outbox);
        return done.addition();
    }
}
