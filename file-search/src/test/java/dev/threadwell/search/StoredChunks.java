package dev.threadwell.search;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries;
import dev.threadwell.persistence.vectorstore.ChunkStore;
import dev.threadwell.run.Ids;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.SearchTerms;
import dev.threadwell.vectorstore.Vectors;
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

    /** Ends a test that hangs, and no other. */
    static final Duration LONG = Duration.ofMinutes(5);

    private static final int AT_ONCE = 1_000;

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

    /** A search that does not fall back to the words alone where the machine is slow. */
    Search search(Embedder embedder, ChunkIndex index) {
        return new Search(embedder, index, new ChunkIndexQueries(pool), new ChunkStore(pool), LONG);
    }

    private void execute(String sql, Object... parameters) {
        pool.preparedQuery(sql).execute(Tuple.from(List.of(parameters))).await().atMost(LONG);
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
                insert into files (id, project_id, purpose, blobs, filename, bytes, document)
                values ($1, $2, 'assistants', '{}', $3, 0, json_build_object('filename', $3::text))
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
                    SearchTerms.vector(chunks.get(n).text()),
                    vectors.model(),
                    Buffer.buffer(vectors.bytes()));
        }
    }

    /** As many files as there are texts, of one chunk each; the number of a file is its name. */
    void reads(String store, Embedder embedder, List<String> texts) {
        String prefix = Ids.file();
        execute(
                """
                with f as (
                    insert into files (id, project_id, purpose, blobs, filename, bytes, document)
                    select $1 || '-' || i, $3, 'assistants', '{}', i::text, 0,
                        json_build_object('filename', i::text)
                    from generate_series(0, $4::int - 1) i)
                insert into vector_store_files
                    (id, vector_store_id, project_id, status, filename, usage_bytes, attributes, document)
                select $1 || '-' || i, $2, $3, 'completed', i::text, 2000,
                    jsonb_build_object('even', i % 2 = 0), '{"attributes": {}}'
                from generate_series(0, $4::int - 1) i
                """,
                prefix, store, PROJECT, texts.size());
        for (int from = 0; from < texts.size(); from += AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(from + AT_ONCE, texts.size()));
            List<Vectors> vectors = some.stream().map(embedder::query).toList();
            execute(
                    """
                    insert into vector_store_chunks
                        (vector_store_id, file_id, project_id, stay, n, overlap, text, words, model, vectors)
                    select $1, f.id, $2, f.seq, 0, 0, x.text, x.words::tsvector, $3, x.vectors
                    from unnest($4::text[], $5::text[], $6::bytea[]) with ordinality
                        as x(text, words, vectors, i)
                    join vector_store_files f
                        on f.vector_store_id = $1 and f.id = $7 || '-' || ($8::int + x.i - 1)
                    """,
                    store,
                    PROJECT,
                    vectors.getFirst().model(),
                    some.toArray(String[]::new),
                    some.stream().map(SearchTerms::vector).toArray(String[]::new),
                    vectors.stream().map(v -> Buffer.buffer(v.bytes())).toArray(Buffer[]::new),
                    prefix,
                    from);
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

    void deletes(String store) {
        execute("delete from vector_stores where id = $1", store);
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
