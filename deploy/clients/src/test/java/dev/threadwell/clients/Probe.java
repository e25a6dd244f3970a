package dev.threadwell.clients;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * A script of checks and what it said of each: it announces every check ({@code check <name>})
 * before it runs the first, so that one it never came to fails too.
 */
record Probe(Map<String, String> verdicts, Command.Ended ended) {

    private static final String NO_VERDICT = "the probe ended before this check did";

    /** Every check as a test; how many passed goes to the page of conformance. */
    static DynamicContainer container(Subject subject, Command script) {
        Probe probe = of(script.run("cannot start " + script.words().getFirst()));
        ExpectedFailures expected = ExpectedFailures.read().of(subject);
        probe.verdicts.forEach(
                (check, reason) ->
                        Conformance.saw(
                                subject,
                                check,
                                reason.isEmpty(),
                                expected.reason(check).isPresent()));
        return DynamicContainer.dynamicContainer(subject.name(), probe.tests(expected));
    }

    static Probe of(Command.Ended ended) {
        var verdicts = new LinkedHashMap<String, String>();
        for (String line : ended.out().lines().toList()) {
            if (line.startsWith("check ")) {
                verdicts.put(line.substring("check ".length()), NO_VERDICT);
            } else if (line.startsWith("ok ")) {
                verdicts.put(line.substring("ok ".length()), "");
            } else if (line.startsWith("not ok ")) {
                String[] nameAndReason = line.substring("not ok ".length()).split(": ", 2);
                verdicts.put(nameAndReason[0], nameAndReason[1]);
            }
        }
        return new Probe(verdicts, ended);
    }

    Stream<DynamicTest> tests(ExpectedFailures expected) {
        Stream<DynamicTest> checks =
                verdicts.keySet().stream()
                        .map(name -> dynamicTest(name, () -> expect(name, expected)));
        Stream<DynamicTest> idle =
                expected.idle(verdicts.keySet()).stream()
                        .map(name -> dynamicTest(name, () -> expectToFail(name)));
        return Stream.concat(
                Stream.concat(checks, idle),
                Stream.of(dynamicTest("the probe runs to its end", this::expectEnd)));
    }

    void expect(String check, ExpectedFailures expected) {
        if (expected.reason(check).isPresent()) {
            expectToFail(check);
        } else {
            expectWell(check);
        }
    }

    private void expectToFail(String check) {
        String reason = verdicts.get(check);
        if (reason == null || reason.equals(NO_VERDICT) || reason.isEmpty()) {
            throw new AssertionError(
                    check + " is listed as an expected failure, but " + ended(reason));
        }
    }

    private static String ended(@Nullable String reason) {
        if (reason == null) {
            return "there is no such check";
        }
        return reason.isEmpty() ? "it passes" : reason;
    }

    void expectWell(String check) {
        String reason = verdicts.getOrDefault(check, NO_VERDICT);
        if (!reason.isEmpty()) {
            throw new AssertionError(check + ": " + reason);
        }
    }

    void expectEnd() {
        boolean whole = !verdicts.isEmpty() && !verdicts.containsValue(NO_VERDICT);
        boolean allWell = verdicts.values().stream().allMatch(String::isEmpty);
        if (!whole || ended.well() != allWell) {
            throw new AssertionError(
                    "exit code " + ended.exitCode() + "\n" + ended.out() + ended.err());
        }
    }
}
