package dev.threadwell.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .ci/test-report} says of the reports that surefire writes. */
@Tag("server")
class TestReportTest {

    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", ""), "../../.ci/test-report").toAbsolutePath();

    @TempDir Path repository;
    private Path began;

    /** How the script ended, and what it said. */
    private record Report(int exitCode, String text) {}

    @BeforeEach
    void begin() throws IOException {
        began = Files.createFile(repository.resolve("began"));
        Files.setLastModifiedTime(began, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createDirectories(repository.resolve(".ci"));
    }

    private Report report(int seconds, String budget) throws Exception {
        Process script =
                new ProcessBuilder(
                                SCRIPT.toString(),
                                began.toString(),
                                String.valueOf(seconds),
                                budget)
                        .directory(repository.toFile())
                        .redirectErrorStream(true)
                        .start();
        String text = new String(script.getInputStream().readAllBytes());
        return new Report(script.waitFor(), text);
    }

    private Path tests(String module, String name, String seconds, String cases)
            throws IOException {
        Path reports =
                Files.createDirectories(
                        repository.resolve(module).resolve("target/surefire-reports"));
        return Files.writeString(
                reports.resolve("TEST-" + name + ".xml"),
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" \
                name="%s" time="%s" tests="2" errors="0" skipped="0" failures="0">
                  <testcase name="passes" classname="%s" time="0.1"/>
                %s</testsuite>
                """
                        .formatted(name, seconds, name, cases));
    }

    private void flaky(String name) throws IOException {
        tests(
                "deploy/flow",
                name,
                "3",
                """
                  <testcase name="waits" classname="%s" time="0.1">
                    <flakyFailure message="late" type="java.lang.AssertionError">
                      <stackTrace>late</stackTrace>
                    </flakyFailure>
                  </testcase>
                """
                        .formatted(name));
    }

    private void listed(String... lines) throws IOException {
        Files.writeString(repository.resolve(".ci/flaky-tests"), String.join("\n", lines) + "\n");
    }

    @Test
    void aTestThatIsFlakyForTheFirstTimeIsNamedAndPasses() throws Exception {
        flaky("a.CrashTest");
        listed("# a.CrashTest is only mentioned", "a.OtherTest 2026-01-01 abc1234 slow disk");

        Report report = report(10, "18");

        assertThat(report.text()).contains("a.CrashTest: waits (for the first time)");
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void aTestThatIsFlakyForTheSecondTimeFailsTheRun() throws Exception {
        flaky("a.CrashTest");
        listed("a.CrashTest 2026-01-01 abc1234 slow disk");

        Report report = report(10, "18");

        assertThat(report.text()).contains("a.CrashTest: waits (for the second time");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void aListedTestThatPassesAtOnceChangesNothing() throws Exception {
        tests("run-worker", "a.CrashTest", "1", "");
        listed("a.CrashTest 2026-01-01 abc1234 slow disk");

        Report report = report(10, "18");

        assertThat(report.text()).doesNotContain("repeated");
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void theSecondsOfAModuleAreAddedUp() throws Exception {
        tests("run-worker", "a.OneTest", "1.5", "");
        tests("run-worker", "a.TwoTest", "2", "");
        tests("deploy/flow", "a.ThreeTest", "1,030.25", "");

        assertThat(report(10, "18").text())
                .contains("4 tests      3.5 s  run-worker")
                .contains("2 tests   1030.2 s  deploy/flow");
    }

    @Test
    void aReportOfAnEarlierRunIsNoPartOfThisOne() throws Exception {
        Path old = tests("run-worker", "a.OldTest", "1", "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3_600)));

        assertThat(report(10, "18").text()).doesNotContain("OldTest");
    }

    @Test
    void aRunThatTakesTooLongIsToldSo() throws Exception {
        assertThat(report(18 * 60, "18").text()).contains("took 18:00 of the 18 minutes");
        assertThat(report(18 * 60 + 5, "18").text())
                .contains("took 18:05 minutes, and may take 18");
    }
}
