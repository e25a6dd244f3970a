package dev.threadwell.persistence.tool;

import dev.threadwell.persistence.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The answers of models to questions about the pictures of threads. */
@ApplicationScoped
public class PictureReadings {

    private static final Statement FIND =
            Statement.of(
                    """
                    select answer from picture_readings
                    where thread_id = :thread_id and picture = :picture and question = :question
                        and exists (select 1 from threads
                            where id = :thread_id and project_id is not distinct from :project_id)
                    """);

    /** Saves nothing if the thread has been deleted meanwhile. */
    private static final Statement SAVE =
            Statement.of(
                    """
                    with t as (
                        select id from threads where id = :thread_id and project_id is not distinct from :project_id
                        for key share)
                    insert into picture_readings (thread_id, picture, question, answer)
                    select id, :picture::bytea, :question::bytea, :answer::text from t
                    on conflict do nothing
                    """);

    private final Pool pool;

    @Inject
    public PictureReadings(Pool pool) {
        this.pool = pool;
    }

    /**
     * A question about a picture.
     *
     * @param picture the file id or the URL of the picture
     * @param model the model that is asked
     */
    public record Reading(
            String projectId, String threadId, String picture, String model, String question) {

        private Statement.Bound bound(Statement statement) {
            return statement
                    .with("thread_id", threadId)
                    .with("project_id", projectId)
                    .with("picture", hash(picture))
                    // A model's name has no zero character, so that the two do not run together.
                    .with("question", hash(model + "\0" + question));
        }
    }

    /** The answer to this question if the thread has it already, otherwise null. */
    public Uni<@Nullable String> find(Reading reading) {
        return reading.bound(FIND)
                .execute(pool)
                .<@Nullable String>map(
                        rows ->
                                rows.rowCount() == 0
                                        ? null
                                        : rows.iterator().next().getString("answer"));
    }

    /** Keeps the answer to a question; the first answer stays. */
    public Uni<Void> save(Reading reading, String answer) {
        return reading.bound(SAVE)
                // A PostgreSQL text cannot contain a zero character.
                .with("answer", answer.replace("\0", ""))
                .execute(pool)
                .replaceWithVoid();
    }

    private static Buffer hash(String text) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
