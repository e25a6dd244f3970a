package dev.threadwell.api.migration;

import dev.threadwell.persistence.migration.ImportedObject;
import dev.threadwell.wire.ApiError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of an import: how many objects were imported, and which were not and why. */
final class ImportSummary {

    /** The maximum number of problems and of changes that are listed. */
    private static final int TOLD = 100;

    private final Map<ImportedObject.Kind, Long> imported =
            new EnumMap<>(ImportedObject.Kind.class);
    private final Map<ImportedObject.Kind, Long> there = new EnumMap<>(ImportedObject.Kind.class);
    private final List<Problem> problems = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private long refused;
    private long changed;

    /** An object that was not imported. */
    record Problem(long line, @Nullable String id, Refusal error) {}

    /** The error in the API's format. */
    record Refusal(String message, String type, @Nullable String param, @Nullable String code) {

        private static Refusal of(ApiError error) {
            return new Refusal(error.message(), error.type(), error.param(), error.code());
        }
    }

    /** A change that was made to an imported object. */
    record Change(long line, String id, String message) {}

    /** The number of objects of each kind. */
    record Counts(long assistants, long threads, long messages, long runs, long runSteps) {

        private static Counts of(Map<ImportedObject.Kind, Long> counts) {
            return new Counts(
                    counts.getOrDefault(ImportedObject.Kind.ASSISTANTS, 0L),
                    counts.getOrDefault(ImportedObject.Kind.THREADS, 0L),
                    counts.getOrDefault(ImportedObject.Kind.MESSAGES, 0L),
                    counts.getOrDefault(ImportedObject.Kind.RUNS, 0L),
                    counts.getOrDefault(ImportedObject.Kind.RUN_STEPS, 0L));
        }
    }

    /** The response to an import. */
    record Answer(
            String object,
            Counts imported,
            Counts alreadyThere,
            long refused,
            List<Problem> problems,
            long changed,
            List<Change> changes) {}

    void imported(ImportedObject.Kind kind) {
        imported.merge(kind, 1L, Long::sum);
    }

    void there(ImportedObject.Kind kind) {
        there.merge(kind, 1L, Long::sum);
    }

    void refused(long line, @Nullable String id, ApiError error) {
        refused++;
        if (problems.size() < TOLD) {
            problems.add(new Problem(line, id, Refusal.of(error)));
        }
    }

    void changed(long line, String id, String message) {
        changed++;
        if (changes.size() < TOLD) {
            changes.add(new Change(line, id, message));
        }
    }

    Answer answer() {
        return new Answer(
                "threadwell.import",
                Counts.of(imported),
                Counts.of(there),
                refused,
                List.copyOf(problems),
                changed,
                List.copyOf(changes));
    }
}
