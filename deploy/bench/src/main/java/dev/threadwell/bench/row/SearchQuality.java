package dev.threadwell.bench.row;

import dev.threadwell.bench.client.StoreClient;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How often a search finds the file that answers a question, compared with a keyword search. */
final class SearchQuality implements Row {

    private static final int AMONG = 5;

    /** The rank of the right file for each question; -1 if it was not found. */
    private record Places(List<Integer> places) {

        private String recall(int among) {
            long found = places.stream().filter(p -> p >= 0 && p < among).count();
            return "%d of %d".formatted(found, places.size());
        }

        private String text() {
            return "first: %s, among %d: %s".formatted(recall(1), AMONG, recall(AMONG));
        }
    }

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String title() {
        return "search: the file that answers";
    }

    @Override
    public Measured measure(Lab lab) {
        return new Measured(
                List.of(figure(lab, "en", "English"), figure(lab, "zh", "Chinese")), "");
    }

    private static Figure figure(Lab lab, String language, String name) {
        JsonObject set = set(language);
        JsonObject documents = set.getJsonObject("documents");
        Stores stores = new Stores(lab);
        String store =
                stores.filled(documents.fieldNames().stream().toList(), documents::getString);
        StoreClient client = stores.client();
        List<Integer> found = new ArrayList<>();
        List<Integer> byWords = new ArrayList<>();
        for (Object each : set.getJsonArray("questions")) {
            JsonArray question = (JsonArray) each;
            String text = question.getString(0);
            String right = question.getString(1);
            found.add(lab.loop().await(() -> client.search(store, text)).indexOf(right));
            byWords.add(stores.byWords(store, text).indexOf(right));
        }
        return new Figure(
                14,
                "recall, " + name,
                new Places(found).text(),
                new Places(byWords).text() + " (PostgreSQL's ts_rank)",
                "",
                "",
                Verdict.NO_GOAL,
                "%d questions, %d files".formatted(found.size(), documents.size()));
    }

    private static JsonObject set(String language) {
        String name = "/quality/%s.json".formatted(language);
        try (InputStream json = SearchQuality.class.getResourceAsStream(name)) {
            if (json == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new JsonObject(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
