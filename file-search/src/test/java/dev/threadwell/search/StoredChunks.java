package dev.threadwell.search;

import dev.threadwell.run.Ids;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.vectorstore.Words;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/** Vector stores and what was read of their files, in a real PostgreSQL. */
final class StoredChunks {

    static final String PROJECT = "proj_search";

    private final Pool pool;

    StoredChunks() {
        Flyway.configure()
                .dataSource(
                        System.getProperty("quarkus.datasource.jdbc.url"),
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"))
                .load()
                .migrate();
        pool =
                Pool.newInstance(
                        PgBuilder.pool()
                                .with(new PoolOptions().setMaxSize(4))
                                .connectingTo(
                                        PgConnectOptions.fromUri(
                                                        System.getProperty(
                                                                "quarkus.datasource.reactive.url"))
                                                .setUser(
                                                        System.getProperty(
                                                                "quarkus.datasource.username"))
                                                .setPassword(
                                                        System.getProperty(
                                                                "quarkus.datasource.password")))
                                .using(Vertx.vertx())
                                .build());
    }

    Pool pool() {
        return pool;
    }

    private void execute(String sql, Object... parameters) {
        pool.preparedQuery(sql)
                .execute(Tuple.from(List.of(parameters)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    String store() {
        String id = Ids.vectorStore();
        execute(
                "insert into vector_stores (id, project_id, last_active_at, document) values ($1, $2, 0, '{}')",
                id,
                PROJECT);
        return id;
    }

    /** A file that has been read into the store, each of these texts as a chunk. */
    void reads(String store, String name, String attributes, Embedder embedder, String... texts) {
        String file = Ids.file();
        execute(
                """
                insert into files (id, project_id, purpose, blobs, document)
                values ($1, $2, 'assistants', '{}', json_build_object('filename', $3::text))
                """,
                file,
                PROJECT,
                name);
        execute(
                """
                insert into vector_store_files
                    (id, vector_store_id, project_id, status, filename, attributes, document)
                values ($1, $2, $3, 'completed', $4, $5::text::jsonb,
                    json_build_object('attributes', $5::text::json))
                """,
                file,
                store,
                PROJECT,
                name,
                attributes);
        List<Chunk> chunks =
                embedder.embedded(List.of(texts).stream().map(t -> new Chunk(0, t)).toList());
        for (int n = 0; n < chunks.size(); n++) {
            Vectors vectors = Objects.requireNonNull(chunks.get(n).vectors());
            execute(
                    """
                    insert into vector_store_chunks
                        (vector_store_id, file_id, project_id, stay, n, overlap, text, words, model, vectors)
                    select $1, $2, $3, seq, $4, 0, $5, $6::text::tsvector, $7, $8
                    from vector_store_files where vector_store_id = $1 and id = $2
                    """,
                    store,
                    file,
                    PROJECT,
                    n,
                    chunks.get(n).text(),
                    Words.vector(chunks.get(n).text()),
                    vectors.model(),
                    Buffer.buffer(vectors.bytes()));
        }
    }

    void describes(String store, String name, String attributes) {
        execute(
                """
                update vector_store_files
                set attributes = $3::text::jsonb, document = json_build_object('attributes', $3::text::json)
                where vector_store_id = $1 and filename = $2
                """,
                store,
                name,
                attributes);
    }

    void takesOut(String store, String name) {
        execute(
                "delete from vector_store_files where vector_store_id = $1 and filename = $2",
                store,
                name);
    }

    void deletes(String store, String name) {
        execute(
                """
                delete from files where id in
                    (select id from vector_store_files where vector_store_id = $1 and filename = $2)
                """,
                store,
                name);
    }
}
