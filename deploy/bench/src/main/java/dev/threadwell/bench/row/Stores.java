package dev.threadwell.bench.row;

import dev.threadwell.bench.client.Database;
import dev.threadwell.bench.client.StoreClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prepares vector stores, and runs PostgreSQL's full-text search in their chunks as a baseline. */
final class Stores {

    private static final int PATIENCE_SECONDS = 1_800;

    private static final String BY_WORDS =
            """
            select f.filename
            from vector_store_chunks c
            join vector_store_files f
                on f.vector_store_id = c.vector_store_id and f.id = c.file_id and f.seq = c.stay
            where c.vector_store_id = $1 and c.words @@ $2::text::tsquery
            order by ts_rank(c.words, $2::text::tsquery, 1) desc
            limit 10
            """;

    private final Lab lab;
    private final StoreClient client;
    private final PgConnection connection;

    Stores(Lab lab) {
        this.lab = lab;
        this.client = new StoreClient(lab.vertx(), lab.target());
        this.connection = lab.loop().await(() -> lab.database().connect(Database.THREADWELL));
    }

    StoreClient client() {
        return client;
    }

    PgConnection connection() {
        return connection;
    }

    /** Creates a store with these files and waits for their ingestion. */
    String filled(List<String> names, UnaryOperator<String> text) {
        List<String> files = uploaded(names, text);
        String store = lab.loop().await(() -> client.create(files));
        awaitRead(store);
        return store;
    }

    List<String> uploaded(List<String> names, UnaryOperator<String> text) {
        List<String> files = new ArrayList<>();
        for (String name : names) {
            files.add(lab.loop().await(() -> client.upload(name, text.apply(name))));
        }
        return files;
    }

    /** Waits until the files of the store are ingested. */
    void awaitRead(String store) {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            JsonObject now = lab.loop().await(() -> client.store(store));
            if (!now.getString("status").equals("in_progress")) {
                int completed = now.getJsonObject("file_counts").getInteger("completed");
                if (completed != now.getJsonObject("file_counts").getInteger("total")) {
                    throw new IllegalStateException("not all files could be read: " + now);
                }
                return;
            }
            Lab.pause(1);
        }
        throw new IllegalStateException("the files are not read: " + store);
    }

    /** The result of PostgreSQL's keyword search. */
    List<String> byWords(String store, String query) {
        return lab.loop().await(() -> wordsOf(store, query));
    }

    Future<List<String>> wordsOf(String store, String query) {
        return connection
                .preparedQuery(BY_WORDS)
                .execute(Tuple.of(store, anyWord(query)))
                .map(
                        rows -> {
                            List<String> names = new ArrayList<>();
                            rows.forEach(row -> names.add(row.getString(0)));
                            return names;
                        });
    }

    /** The query in the form of the indexed words: words, and bigrams in scripts without spaces. */
    static String anyWord(String query) {
        return Arrays.stream(query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .flatMap(
                        word ->
                                word.codePoints().anyMatch(Character::isIdeographic)
                                        ? IntStream.range(1, word.length())
                                                .mapToObj(i -> word.substring(i - 1, i + 1))
                                        : java.util.stream.Stream.of(word))
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining("|"));
    }
}
