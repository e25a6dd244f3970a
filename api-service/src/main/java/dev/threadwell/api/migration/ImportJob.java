package dev.threadwell.api.migration;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.migration.ImportStore;
import dev.threadwell.persistence.migration.ImportStore.Outcome;
import dev.threadwell.persistence.migration.ImportStore.Placed;
import dev.threadwell.persistence.migration.ImportedObject;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one import, which writes objects in batches. */
final class ImportJob implements DumpListener {

    private static final int BATCH = 500;
    private static final long BATCH_CHARACTERS = 4L * 1024 * 1024;
    private static final int LONGEST_ID = 64;

    private final ImportStore store;
    private final String project;
    private final DumpReader reader = new DumpReader(this);
    private final ImportSummary summary = new ImportSummary();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private long characters;

    ImportJob(ImportStore store, String project) {
        this.store = store;
        this.project = project;
    }

    /** An object to be written with the next batch. */
    private record Waiting(DumpObject dumped, ImportedObject arrival, List<String> changes) {

        /**
         * The group of objects whose times determine their common order: the same list and thread.
         */
        String company() {
            return dumped.list() + " " + arrival.threadId();
        }
    }

    /** Reads a piece of the dump. */
    Uni<Void> add(Buffer piece) {
        reader.add(piece);
        return waiting.size() < BATCH && characters < BATCH_CHARACTERS
                ? Uni.createFrom().voidItem()
                : write();
    }

    /** Ends the dump and returns the summary. */
    Uni<ImportSummary.Answer> end() {
        reader.end();
        return write().map(written -> summary.answer());
    }

    @Override
    public void broken(long line) {
        summary.refused(line, null, Body.notJson().error());
    }

    @Override
    public void tooLarge(long line) {
        summary.refused(line, null, StoredLimits.tooLarge());
    }

    @Override
    public void found(DumpObject dumped) {
        Conversion reading = new Conversion(dumped.json());
        try {
            ImportedObject arrival = DumpObjectConverter.read(reading);
            StoredLimits.check(arrival);
            add(dumped, arrival, reading.changes());
        } catch (ApiException refused) {
            summary.refused(dumped.line(), idOf(dumped), refused.error());
        }
    }

    private static @Nullable String idOf(DumpObject dumped) {
        String id = dumped.json().path("id").textValue();
        return id == null || id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
    }

    private void add(DumpObject dumped, ImportedObject arrival, List<String> changes) {
        if (waiting.putIfAbsent(arrival.id(), new Waiting(dumped, arrival, changes)) == null) {
            characters += arrival.document().length();
        } else {
            summary.there(arrival.kind());
        }
    }

    private Uni<Void> write() {
        List<Waiting> batch = new ArrayList<>(waiting.values());
        waiting.clear();
        characters = 0;
        return store.write(project, placed(batch))
                .invoke(outcomes -> summarise(batch, outcomes))
                .replaceWithVoid();
    }

    private static List<Placed> placed(List<Waiting> batch) {
        Map<String, Boolean> rising = new HashMap<>();
        Map<String, Waiting> first = new HashMap<>();
        for (Waiting one : batch) {
            Waiting before = first.putIfAbsent(one.company(), one);
            long age = before == null ? 0 : age(before) - age(one);
            if (age != 0) {
                rising.putIfAbsent(one.company(), age < 0);
            }
        }
        return batch.stream()
                .map(
                        one ->
                                new Placed(
                                        one.arrival(),
                                        rising.getOrDefault(one.company(), !one.dumped().listed())))
                .toList();
    }

    private static long age(Waiting one) {
        return one.arrival().createdAt();
    }

    private void summarise(List<Waiting> batch, List<Outcome> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            summarise(batch.get(i), outcomes.get(i));
        }
    }

    private void summarise(Waiting one, Outcome outcome) {
        ImportedObject arrival = one.arrival();
        switch (outcome) {
            case IMPORTED -> {
                summary.imported(arrival.kind());
                one.changes()
                        .forEach(what -> summary.changed(one.dumped().line(), arrival.id(), what));
            }
            case THERE -> summary.there(arrival.kind());
            case HOMELESS -> refused(one, homeless(arrival));
            case FOREIGN -> refused(one, foreign(arrival));
        }
    }

    private void refused(Waiting one, ApiError error) {
        summary.refused(one.dumped().line(), one.arrival().id(), error);
    }

    private static ApiError homeless(ImportedObject arrival) {
        return arrival.runId().isEmpty() || arrival.kind() != ImportedObject.Kind.RUN_STEPS
                ? ObjectKind.THREAD.notFound(arrival.threadId()).error()
                : ObjectKind.RUN.notFound(arrival.runId()).error();
    }

    private static ApiError foreign(ImportedObject arrival) {
        return ApiError.badRequest(
                "The id '%s' is taken by an object of another project.".formatted(arrival.id()),
                "id",
                "id_of_another_project");
    }
}
