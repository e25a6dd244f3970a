package dev.threadwell.clients;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A compiler that a machine may have. Nothing installs it for these tests: without it, or with an
 * older one, its clients are left out, on a build server too.
 */
record Toolchain(String program, int major, int minor, String... sayVersion) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    static final Toolchain GO = new Toolchain("go", 1, 26, "version");
    static final Toolchain CARGO = new Toolchain("cargo", 1, 85, "--version");
    static final Toolchain C = new Toolchain("cc", 0, 0, "--version");

    /** Ends the test as left out where there is none that will do. */
    void orLeaveOut() {
        lacks().ifPresent(
                        reason -> {
                            throw LeftOut.optional(reason);
                        });
    }

    /** Why this machine's compiler will not do; nothing when it will. */
    Optional<String> lacks() {
        if (!isThere()) {
            return Optional.of("there is no `%s`".formatted(program));
        }
        String said =
                Command.of(program).with((Object[]) sayVersion).run(program).orFail(program).out();
        Matcher version = VERSION.matcher(said);
        return version.find() && isOlder(version)
                ? Optional.of(
                        "`%s` is %s, which is older than %d.%d"
                                .formatted(program, version.group(), major, minor))
                : Optional.empty();
    }

    private boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private boolean isOlder(Matcher version) {
        int foundMajor = Integer.parseInt(version.group(1));
        int foundMinor = Integer.parseInt(version.group(2));
        return foundMajor < major || (foundMajor == major && foundMinor < minor);
    }
}
