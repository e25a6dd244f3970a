package dev.threadwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class EmbeddedPostgresTest {

    @TempDir static Path unpacked;
    @TempDir Path directory;

    /** Unpacking takes seconds, and once is enough. */
    @BeforeAll
    static void unpack() throws IOException {
        PostgresBinaries.unpackedIn(unpacked);
    }

    @BeforeEach
    void shareTheBinaries() throws IOException {
        link(directory);
    }

    @Test
    void dataAndPortSurviveARestart() throws SQLException {
        int port;
        try (var first = EmbeddedPostgres.start(directory, 0)) {
            port = first.port();
            execute(first, "create table note (text text)");
            execute(first, "insert into note values ('kept')");
        }

        try (var second = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(second, "select text from note")).isEqualTo("kept");
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void committedDataSurvivesAKilledServer() throws SQLException, IOException {
        var first = EmbeddedPostgres.start(directory, 0);
        execute(first, "create table note (text text)");
        execute(first, "insert into note values ('kept')");
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        first.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        first.close();

        try (var second = EmbeddedPostgres.start(directory, first.port())) {
            assertThat(query(second, "select text from note")).isEqualTo("kept");
        }
    }

    @Test
    void everyCommitReachesTheDisk() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(postgres, "show fsync")).isEqualTo("on");
            assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void theApplicationIsNotASuperuser() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(postgres, "select usesuper from pg_user where usename = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void onlyTheOwnerReadsThePassword() throws IOException {
        try (var postgres = EmbeddedPostgres.start(directory, 0)) {
            Path file = directory.resolve("password");
            assertThat(file).hasContent(postgres.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aRecordOfAnotherProcessLeftByACrashIsNoObstacle() throws SQLException, IOException {
        EmbeddedPostgres.start(directory, 0).close();
        Path data = directory.resolve("data").toRealPath();
        Files.writeString(
                data.resolve("postmaster.pid"),
                "%d\n%s\n1\n1\n\n127.0.0.1\n\nready\n"
                        .formatted(ProcessHandle.current().pid(), data));

        try (var second = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(second, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondStartOnTheSameDirectorySaysWhoUsesIt() {
        try (var running = EmbeddedPostgres.start(directory, 0)) {
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(directory, 0))
                    .withMessageMatching(
                            "The PostgreSQL directory .* is in use by process %d\\."
                                    .formatted(ProcessHandle.current().pid()));
            assertThat(running.onExit()).isNotDone();
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        Path other = directory.resolve("other");
        link(other);
        try (var running = EmbeddedPostgres.start(directory, 0)) {
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(other, running.port()))
                    .withMessage(
                            "Port %d, wanted for PostgreSQL, is in use.".formatted(running.port()));
        }
    }

    @Test
    void aDirectoryWithoutItsVersionIsCalledBroken() throws IOException {
        EmbeddedPostgres.start(directory, 0).close();
        Files.delete(directory.resolve("data/PG_VERSION"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedPostgres.start(directory, 0))
                .withMessageEndingWith("is broken: its file 'data/PG_VERSION' is missing.");
    }

    @Test
    void whatPostgresSaysOfABrokenDirectoryIsPassedOn() throws IOException {
        EmbeddedPostgres.start(directory, 0).close();
        Files.writeString(directory.resolve("data/global/pg_control"), "rubbish");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedPostgres.start(directory, 0))
                .withMessageMatching("The PostgreSQL directory .* is broken: .*pg_control.*");
    }

    private static Path link(Path directory) throws IOException {
        Path binaries = PostgresBinaries.unpackedIn(unpacked).home();
        Files.createDirectories(directory);
        return Files.createSymbolicLink(directory.resolve(binaries.getFileName()), binaries);
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
