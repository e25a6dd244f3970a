package dev.threadwell.bench.row;

import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Text;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The latency of a search in a store with many chunks. The chunks' vectors are random, because
 * embedding as many texts would take hours; the queries are embedded normally.
 */
final class SearchDelay implements Row {

    private static final String MODEL = "bge-small-en-v1.5-q";
    private static final int DIMENSIONS = 384;
    private static final int CHUNKS_OF_A_FILE = 10;
    private static final int AT_ONCE = 1_000;
    private static final int WORDS_OF_A_CHUNK = 150;
    private static final int VOCABULARY = 20_000;
    private static final int PATIENCE_SECONDS = 600;

    private static final String STORE =
            "insert into vector_stores (id, project_id, completed, last_active_at, document)"
                    + " values ($1, 'proj_default', $2, extract(epoch from now())::bigint, $3::text::json)";

    private static final String FILES =
            """
            with f as (
                insert into files (id, project_id, purpose, blobs, filename, bytes, document)
                select $1 || '-' || i, 'proj_default', 'assistants', '{}', 'made.txt', 20000,
                    '{"filename":"made.txt"}'
                from generate_series(1, $2::int) i)
            insert into vector_store_files
                (id, vector_store_id, project_id, status, usage_bytes, filename, attributes, document)
            select $1 || '-' || i, $1, 'proj_default', 'completed', 20000, 'made.txt', '{}',
                '{"attributes":{}}'
            from generate_series(1, $2::int) i
            """;

    private static final String CHUNKS =
            """
            insert into vector_store_chunks
                (vector_store_id, project_id, file_id, stay, n, overlap, text, words, model, vectors)
            select $1, 'proj_default', f.id, f.seq, x.i % 10, 0, x.text,
                to_tsvector('simple', x.text), $2, x.vectors
            from unnest($3::int[], $4::text[], $5::bytea[]) as x(i, text, vectors)
            join vector_store_files f
                on f.vector_store_id = $1 and f.id = $1 || '-' || (x.i / 10 + 1)
            """;

    private final Random random = new Random(42);

    @Override
    public int number() {
        return 16;
    }

    @Override
    public String title() {
        return "delay of a search";
    }

    @Override
    public Measured measure(Lab lab) {
        List<Figure> figures = new ArrayList<>();
        for (int chunks : lab.quick() ? List.of(10_000) : List.of(10_000, 100_000)) {
            figures.add(figure(lab, chunks));
        }
        return new Measured(List.copyOf(figures), "");
    }

    private Figure figure(Lab lab, int chunks) {
        Stores stores = new Stores(lab);
        String store = "vs_bench%d%d".formatted(chunks, System.nanoTime());
        fill(lab, stores, store, chunks);
        double filled = secondsUntilIndexed(lab, stores, store);
        Samples searched = new Samples();
        Samples byWords = new Samples();
        for (int i = 0; i < lab.size(300, 50); i++) {
            String query = words(6);
            long begun = System.nanoTime();
            lab.loop().await(() -> stores.client().search(store, query));
            long between = System.nanoTime();
            stores.byWords(store, query);
            searched.add(between - begun);
            byWords.add(System.nanoTime() - between);
        }
        return new Figure(
                16,
                "search in %,d chunks, p50 / p99".formatted(chunks),
                milliseconds(searched),
                milliseconds(byWords) + " (PostgreSQL's ts_rank, by words alone)",
                Text.number(searched.p50() - byWords.p50(), 1) + " ms",
                "",
                Verdict.NO_GOAL,
                "%d queries; the index was made from the rows in %s s"
                        .formatted(searched.count(), Text.number(filled, 0)));
    }

    private static String milliseconds(Samples samples) {
        return "%s / %s ms".formatted(Text.number(samples.p50(), 1), Text.number(samples.p99(), 1));
    }

    private void fill(Lab lab, Stores stores, String store, int chunks) {
        int files = chunks / CHUNKS_OF_A_FILE;
        String document =
                "{\"id\":\"%s\",\"object\":\"vector_store\",\"created_at\":1,\"metadata\":{},\"usage_bytes\":0,\"last_active_at\":1,\"status\":\"completed\"}"
                        .formatted(store);
        lab.loop()
                .await(
                        () ->
                                stores.connection()
                                        .preparedQuery(STORE)
                                        .execute(Tuple.of(store, files, document)));
        lab.loop()
                .await(
                        () ->
                                stores.connection()
                                        .preparedQuery(FILES)
                                        .execute(Tuple.of(store, files)));
        for (int from = 0; from < chunks; from += AT_ONCE) {
            Tuple some = some(store, from);
            lab.loop().await(() -> stores.connection().preparedQuery(CHUNKS).execute(some));
        }
    }

    private Tuple some(String store, int from) {
        Integer[] places = new Integer[AT_ONCE];
        String[] texts = new String[AT_ONCE];
        Buffer[] vectors = new Buffer[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            places[i] = from + i;
            texts[i] = words(WORDS_OF_A_CHUNK);
            vectors[i] = vector();
        }
        return Tuple.of(store, MODEL, places, texts, vectors);
    }

    /** Random words with frequencies as in a language (Zipf's law). */
    private String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + (int) Math.pow(VOCABULARY, random.nextDouble()))
                .collect(Collectors.joining(" "));
    }

    /** A random unit vector in half precision, preceded by the number of vectors. */
    private Buffer vector() {
        double[] vector = random.doubles(DIMENSIONS, -1, 1).toArray();
        double squares = 0;
        for (double number : vector) {
            squares += number * number;
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 + 2 * DIMENSIONS).putShort((short) 1);
        for (double number : vector) {
            bytes.putShort(Float.floatToFloat16((float) (number / Math.sqrt(squares))));
        }
        return Buffer.buffer(bytes.array());
    }

    /**
     * Waits until the embeddings are searchable: before, only keywords match, and no chunk contains
     * this one.
     */
    private static double secondsUntilIndexed(Lab lab, Stores stores, String store) {
        long begun = System.nanoTime();
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            if (!lab.loop().await(() -> stores.client().search(store, "zeppelin")).isEmpty()) {
                return (System.nanoTime() - begun) / 1e9;
            }
            Lab.pause(1);
        }
        throw new IllegalStateException("the index is not made: " + store);
    }
}
