package dev.threadwell.clients;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks that must fail, each with its reason; one of them that passes fails the suite. */
record ExpectedFailures(List<Entry> entries) {

    /**
     * @param checks names, in which a star stands for anything: each must cover a check, and
     *     whatever it covers must fail
     */
    record Entry(
            String client, List<String> versions, String what, List<String> checks, String reason) {

        boolean isOf(Subject subject) {
            return client.equals(subject.client())
                    && versions.contains(subject.version())
                    && what.equals(subject.what());
        }

        boolean covers(String check) {
            return checks.stream().anyMatch(pattern -> covers(pattern, check));
        }

        static boolean covers(String pattern, String check) {
            String regex =
                    Stream.of(pattern.split("\\*", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*"));
            return check.matches(regex);
        }
    }

    static ExpectedFailures read() {
        var file = Repository.MODULE.resolve("expected-failures.json").toFile();
        try {
            return new ExpectedFailures(
                    new JsonMapper().readValue(file, new TypeReference<List<Entry>>() {}));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    ExpectedFailures of(Subject subject) {
        return new ExpectedFailures(entries.stream().filter(one -> one.isOf(subject)).toList());
    }

    Optional<String> reason(String check) {
        return entries.stream().filter(one -> one.covers(check)).map(Entry::reason).findFirst();
    }

    /** What is listed but is no check. */
    List<String> idle(Collection<String> checks) {
        return entries.stream()
                .flatMap(one -> one.checks().stream())
                .filter(pattern -> checks.stream().noneMatch(one -> Entry.covers(pattern, one)))
                .toList();
    }
}
