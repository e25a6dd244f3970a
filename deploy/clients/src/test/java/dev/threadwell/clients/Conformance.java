package dev.threadwell.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** What the tests of this run saw, as the page {@code docs/conformance.md} shows it. */
final class Conformance {

    /** By client and check, so that one that is repeated counts once, as it ended. */
    private static final Map<Subject, Map<String, Outcome>> SEEN = new ConcurrentSkipListMap<>();

    private static final String HEAD =
            """
            # Conformance

            Clients that we did not write, as their registries have them, against a running Threadwell; nothing is
            changed but the base URL and the key. The tests of `deploy/clients` make this page and fail when it is not
            what they saw; `cp deploy/clients/target/conformance.md docs/conformance.md` then renews it.

            *Probe* is our own script of checks. *Generated tests* are those of the SDK's makers, from its source
            distribution, *loose* and *strict* (every answer held against the SDK's types) alike. *Recordings* are
            conversations with the original, replayed: the same keys in the same order, types, constants and events.

            | client | version | wire | what | passed | expected failures |
            |---|---|---|---|---|---|
            """;

    private static final String SAMPLES =
            """

            ## Samples of documents

            Every sample of five documents that taught the API, run one after the other as a reader would, each document
            with the SDK of its time (1.3.2 for those of the first weeks: it is the first that takes its base URL from the
            environment). Nothing is changed but base URL, key, names of local files, and what the last column
            says. The simulated model plays the part of the document's model: its calls are the document's, and so are its
            words (long ones are cut). Compared is all that a document shows: classes, members, values, printed lines; an id
            of the document stands for the same object of ours throughout. Beyond that, runs and assistants may have the
            members that v1 got later, and messages those of the next section. A sample with a letter is one of ours.

            """;

    private static final String SAMPLES_HEAD =
            """

            | document | sample | result | what was changed, and why |
            |---|---|---|---|
            """;

    private static final String DECIDED =
            """

            ## Differences from the recordings, by decision

            """;

    private static final String REASONS =
            """

            ## Expected failures

            One that passes fails the build. A star stands for anything.
            """;

    /** By document, in the order in which they were read. */
    private static final Map<String, ReadDocument> READ = new ConcurrentSkipListMap<>();

    private Conformance() {}

    private enum Outcome {
        PASSED,
        FAILED,
        FAILED_AS_EXPECTED
    }

    static void saw(Subject subject, String check, boolean well, boolean expectedToFail) {
        Outcome failed = expectedToFail ? Outcome.FAILED_AS_EXPECTED : Outcome.FAILED;
        SEEN.computeIfAbsent(subject, _ -> new ConcurrentHashMap<>())
                .put(check, well ? Outcome.PASSED : failed);
    }

    static void saw(ReadDocument document) {
        READ.put(document.name(), document);
    }

    /** All rows of both tables. */
    static List<String> rows() {
        var rows = new ArrayList<>(clients());
        READ.values().forEach(document -> rows.addAll(document.rows()));
        return rows;
    }

    private static List<String> clients() {
        var rows = new ArrayList<String>();
        SEEN.forEach((subject, checks) -> rows.add(row(subject, checks.values())));
        return rows;
    }

    private static String samples() {
        var page = new StringBuilder(SAMPLES);
        READ.values().forEach(document -> page.append(document.summary()));
        page.append(SAMPLES_HEAD);
        READ.values().forEach(document -> document.rows().forEach(page::append));
        return page.toString();
    }

    static String page() {
        String reasons =
                ExpectedFailures.read().entries().stream()
                        .map(Conformance::section)
                        .collect(Collectors.joining());
        return HEAD
                + String.join("", clients())
                + samples()
                + DECIDED
                + decided()
                + REASONS
                + reasons;
    }

    private static String decided() {
        var file = Repository.MODULE.resolve("recordings/decided.json").toFile();
        try {
            var lines = new StringBuilder();
            for (var one : new JsonMapper().readTree(file)) {
                var added = new ArrayList<String>();
                one.required("adds").forEach(key -> added.add("`" + key.asText() + "`"));
                lines.append(
                        "- `%s` has %s too: %s%n"
                                .formatted(
                                        one.required("object").asText(),
                                        String.join(", ", added),
                                        one.required("reason").asText()));
            }
            return lines.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    private static String row(Subject subject, Collection<Outcome> checks) {
        return "| %s | %s | %s | %s | %d of %d | %d |%n"
                .formatted(
                        subject.client(),
                        subject.version(),
                        subject.wire(),
                        subject.what(),
                        Collections.frequency(checks, Outcome.PASSED),
                        checks.size(),
                        Collections.frequency(checks, Outcome.FAILED_AS_EXPECTED));
    }

    private static String section(ExpectedFailures.Entry entry) {
        String checks =
                entry.checks().stream().map("- `%s`%n"::formatted).collect(Collectors.joining());
        return "%n**%s %s, %s:** %s%n%n%s"
                .formatted(
                        entry.client(),
                        String.join(", ", entry.versions()),
                        entry.what(),
                        entry.reason(),
                        checks);
    }
}
