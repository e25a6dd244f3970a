package dev.threadwell.toolworker.sandbox;

import static dev.threadwell.toolworker.sandbox.SandboxForTests.LIMITS;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.LONG;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.python;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.toolworker.sandbox.SandboxForTests.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hostile program tries to use up, and that it dies with everything it started. */
@Tag("server")
class ExhaustionTest {

    private static Sandbox sandbox;
    private static Sandbox withoutGroups;

    /** With control groups, where there are any, and without, as in most containers. */
    enum Groups {
        USED,
        NONE;

        Outcome runs(String code) {
            return run(this == USED ? sandbox : withoutGroups, python(LIMITS, code));
        }
    }

    @BeforeAll
    static void open() {
        sandbox = SandboxForTests.sandbox();
        withoutGroups = SandboxForTests.sandbox("control-groups", "false");
    }

    @AfterAll
    static void close() {
        sandbox.close();
        withoutGroups.close();
    }

    /** Other tests, here or next door, have programs like those of this one. */
    private final String mark = UUID.randomUUID().toString();

    @ParameterizedTest
    @EnumSource(Groups.class)
    void aProcessGetsNoMoreMemoryThanItMay(Groups groups) {
        Outcome outcome =
                groups.runs(
                        """
                        kept = []
                        try:
                            while True:
                                kept.append(bytearray(1 << 24))
                        except MemoryError:
                            size = len(kept)
                            kept = None
                            print(size * 16)
                        """);

        // A control group may have killed it before the process ran out of addresses.
        if (outcome.exitValue() == 0) {
            assertThat(Integer.parseInt(outcome.output())).isBetween(200, 512);
        } else {
            assertThat(outcome.exitValue()).isEqualTo(137);
        }
    }

    @Test
    void allProcessesAndFilesTogetherGetNoMoreMemoryThanOne() {
        assumeThat(sandbox.countsMemoryTogether()).isTrue();

        Outcome outcome =
                Groups.USED.runs(
                        """
                        import os, time
                        for child in range(4):
                            if os.fork() == 0:
                                kept = bytearray(300 << 20)
                                time.sleep(120)
                        ends = []
                        while len(ends) < 4 and ends.count(9) < 2:
                            ends.append(os.wait()[1])
                        print(ends.count(9) >= 2)
                        """);

        assertThat(outcome.exitValue() == 137 || outcome.output().equals("True")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Groups.class)
    void aForkBombStopsAtTheLimit(Groups groups) {
        Outcome outcome =
                groups.runs(
                        """
                        import os, signal, time
                        count = 0
                        try:
                            for i in range(1000):
                                if os.fork() == 0:
                                    time.sleep(120)
                                    os._exit(0)
                                count += 1
                        except BlockingIOError:
                            pass
                        print(count)
                        """);

        assertThat(Integer.parseInt(outcome.output())).isBetween(4, 32);
    }

    @Test
    void aLiveForkBombIsKilledAtOnce() throws Exception {
        try (SandboxProcess bomb =
                sandbox.start(
                        python(
                                LIMITS,
                                """
                                import os
                                os.write(1, b'x')
                                while True:
                                    try:
                                        os.fork()
                                    except OSError:
                                        pass
                                # %s
                                """
                                        .formatted(mark)))) {
            assertThat(bomb.output().read()).isEqualTo('x');
            assertThat(marked()).isNotEmpty();

            bomb.kill();

            untilAllAreGone(bomb);
        }
    }

    @Test
    void aDaemonThatLeftItsSessionDiesToo() throws Exception {
        try (SandboxProcess daemon =
                sandbox.start(
                        python(
                                LIMITS,
                                """
                                import os, signal, time
                                if os.fork() == 0:
                                    os.setsid()
                                    if os.fork() == 0:
                                        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                                            signal.signal(number, signal.SIG_IGN)
                                        os.write(1, b'x')
                                        time.sleep(600)
                                    os._exit(0)
                                time.sleep(600)
                                # %s
                                """
                                        .formatted(mark)))) {
            assertThat(daemon.output().read()).isEqualTo('x');
            assertThat(marked()).isNotEmpty();

            daemon.kill();

            untilAllAreGone(daemon);
        }
    }

    /** Without control groups nobody tells when the last one is. */
    private void untilAllAreGone(SandboxProcess killed) throws Exception {
        killed.ended().get(LONG.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LONG).untilAsserted(() -> assertThat(marked()).isEmpty());
    }

    /** Processes of the host that execute a program of this test. */
    private List<String> marked() {
        return ProcessHandle.allProcesses()
                .map(process -> commandLine(process.pid()))
                .filter(line -> line.contains("python3") && line.contains(mark))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void whatTakesTooLongIsKilled() throws Exception {
        SandboxLimits limits =
                changed(l -> with(l, l.cpu(), Duration.ofMillis(500), l.outputBytes()));

        try (SandboxProcess slow = sandbox.start(python(limits, "import time; time.sleep(600)"))) {
            assertThat(slow.waitFor(LONG)).isTrue();
            assertThat(slow.exitValue()).isEqualTo(137);
        }
    }

    @Test
    void whatComputesTooMuchIsKilled() {
        SandboxLimits limits =
                changed(l -> with(l, Duration.ofSeconds(1), l.wallTime(), l.outputBytes()));

        assertThat(run(sandbox, python(limits, "while True: pass")).exitValue()).isEqualTo(152);
    }

    @Test
    void moreOutputThanIsAllowedIsNotRead() throws IOException {
        SandboxLimits limits = changed(l -> with(l, l.cpu(), l.wallTime(), 1 << 20));

        try (SandboxProcess flood =
                sandbox.start(python(limits, "while True: print('x' * 1000)"))) {
            assertThatThrownBy(() -> flood.output().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more output");
        }
    }

    @ParameterizedTest
    @EnumSource(Groups.class)
    void filesFillNoMoreThanTheDisk(Groups groups) {
        Outcome outcome =
                groups.runs(
                        """
                        import os
                        total = 0
                        for directory in ('/mnt/data', '/tmp', '/dev/shm'):
                            try:
                                with open(directory + '/big', 'wb', buffering=0) as file:
                                    while True:
                                        total += file.write(bytes(1 << 20))
                            except OSError as error:
                                print(os.strerror(error.errno))
                        print(total >> 20)
                        """);

        assertThat(outcome.output().lines().toList())
                .hasSize(4)
                .last()
                .satisfies(mib -> assertThat(Integer.parseInt(mib)).isBetween(28, 32));
    }

    @Test
    void theDirectoryOfDevicesCannotBeFilled() {
        assertThat(
                        Groups.USED
                                .runs(
                                        """
                                        try:
                                            open('/dev/fill', 'wb')
                                        except OSError as error:
                                            print(error.strerror)
                                        """)
                                .output())
                .isEqualTo("Read-only file system");
    }

    @ParameterizedTest
    @EnumSource(Groups.class)
    void thereAreNoMoreFilesThanTheLimit(Groups groups) {
        Outcome outcome =
                groups.runs(
                        """
                        import os
                        count = 0
                        for directory in ('/mnt/data', '/tmp', '/dev/shm'):
                            try:
                                for i in range(5000):
                                    os.symlink('x', f'{directory}/{i}')
                                    count += 1
                            except OSError:
                                pass
                        print(count)
                        """);

        assertThat(Integer.parseInt(outcome.output())).isBetween(1_900, 2_000);
    }

    @Test
    void aZipBombFillsNoMoreThanTheDisk() {
        assertThat(
                        Groups.USED
                                .runs(
                                        """
                                        import os, zipfile
                                        with zipfile.ZipFile('/mnt/data/bomb.zip', 'w', zipfile.ZIP_DEFLATED) as bomb:
                                            for i in range(4):
                                                bomb.writestr(f'{i}', bytes(20 << 20))
                                        try:
                                            zipfile.ZipFile('/mnt/data/bomb.zip').extractall('/mnt/data/out')
                                        except OSError as error:
                                            print(error.strerror)
                                        """)
                                .output())
                .isEqualTo("No space left on device");
    }

    @Test
    void nothingOfASandboxStaysInTheControlGroups() throws Exception {
        // Those of other tests may be going still.
        List<Path> others = groups();
        List<Path> own;
        try (SandboxProcess _ = sandbox.start(python(LIMITS, "import time; time.sleep(600)"))) {
            own = new ArrayList<>(groups());
            own.removeAll(others);
            assertThat(own.isEmpty()).isNotEqualTo(sandbox.countsMemoryTogether());
        }

        await().atMost(LONG).until(() -> own.stream().noneMatch(Files::exists));
    }

    private static List<Path> groups() throws IOException {
        String ours = "threadwell-" + ProcessHandle.current().pid() + "-";
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                Path.of("/sys/fs/cgroup"),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        if (directory.getFileName().toString().startsWith(ours)) {
                            found.add(directory);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /** Whoever else has groups removes them when he wants. */
                    @Override
                    public FileVisitResult visitFileFailed(Path gone, IOException why) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException why) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    private static SandboxLimits changed(UnaryOperator<SandboxLimits> change) {
        return change.apply(LIMITS);
    }

    private static SandboxLimits with(
            SandboxLimits l, Duration cpu, Duration wallTime, long outputBytes) {
        return new SandboxLimits(
                l.memoryBytes(),
                l.addressSpaceBytes(),
                l.processes(),
                cpu,
                wallTime,
                outputBytes,
                l.diskBytes(),
                l.files());
    }
}
