package dev.threadwell.search.embedding;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Embedding models in this process: one for texts with Chinese characters, one for all others. The
 * model is chosen per text, so that a Chinese query finds Chinese texts and an English query
 * English ones. Across languages only keywords match.
 */
final class LocalEmbedder implements Embedder {

    private static final int LETTERS_OF_A_WORD = 5;

    private final Supplier<BertModel> english =
            once(
                    "bge-small-en-v1.5-q",
                    "Represent this sentence for searching relevant passages: ");
    private final Supplier<BertModel> chinese = once("bge-small-zh-v1.5-q", "为这个句子生成表示以用于检索相关文章:");

    /**
     * Limits concurrent passages to the number of cores. Queries do not take a permit, so that they
     * do not wait for passages.
     */
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());

    private static Supplier<BertModel> once(String name, String instruction) {
        return new Supplier<>() {
            private final List<BertModel> loaded = new ArrayList<>(1);

            @Override
            public synchronized BertModel get() {
                if (loaded.isEmpty()) {
                    loaded.add(new BertModel(name, instruction));
                }
                return loaded.getFirst();
            }
        };
    }

    /** A chunk begins with the end of the previous one; the overlap of both is embedded once. */
    @Override
    public List<Chunk> embedded(List<Chunk> chunks) {
        List<Chunk> embedded = new ArrayList<>(chunks.size());
        Map<String, List<float[]>> before = Map.of();
        for (Chunk chunk : chunks) {
            BertModel model = model(chunk.text());
            Map<String, List<float[]>> here = new HashMap<>();
            List<float[]> windows = new ArrayList<>();
            for (String piece : pieces(chunk)) {
                String key = model.name() + piece;
                List<float[]> known = before.get(key);
                List<float[]> vectors = known == null ? passage(model, piece) : known;
                here.put(key, vectors);
                windows.addAll(vectors);
            }
            before = here;
            embedded.add(chunk.with(new Vectors(model.name(), List.copyOf(windows))));
        }
        return embedded;
    }

    private static List<String> pieces(Chunk chunk) {
        String head = chunk.text().substring(0, chunk.overlap());
        String tail = chunk.text().substring(chunk.overlap());
        return head.isBlank() || tail.isBlank() ? List.of(chunk.text()) : List.of(head, tail);
    }

    private List<float[]> passage(BertModel model, String text) {
        cores.acquireUninterruptibly();
        try {
            return model.passage(text);
        } finally {
            cores.release();
        }
    }

    @Override
    public Vectors query(String text) {
        BertModel model = model(text);
        return new Vectors(model.name(), List.of(model.query(text)));
    }

    private BertModel model(String text) {
        long ideographs = text.codePoints().filter(Character::isIdeographic).count();
        long letters = text.codePoints().filter(Character::isLetter).count() - ideographs;
        return ideographs > letters / LETTERS_OF_A_WORD ? chinese.get() : english.get();
    }
}
