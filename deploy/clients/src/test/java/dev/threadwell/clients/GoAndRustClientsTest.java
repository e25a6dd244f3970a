package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Clients that have to be compiled, in the versions that {@code probes/go/go.mod} and {@code
 * probes/rust/Cargo.toml} pin. The compilers keep what they made: only the first run takes long.
 */
@AgainstThreadwell
class GoAndRustClientsTest {

    private static final Path GO = Repository.PROBES.resolve("go");
    private static final Path RUST = Repository.PROBES.resolve("rust");
    private static final String DOWNLOADS = "The libraries cannot be downloaded.";
    private static final String COMPILES = "The probe does not compile.";

    @TestFactory
    Stream<DynamicContainer> asUsersHaveThem(Target target) {
        return Planned.sideBySide(
                List.of(
                        new Planned(
                                goModule("openai-go", "github.com/openai/openai-go/v3"),
                                () -> go("openaigo").against(target)),
                        new Planned(
                                goModule("go-openai", "github.com/sashabaranov/go-openai"),
                                () -> go("goopenai").against(target)),
                        new Planned(crate("async-openai"), () -> rust().against(target))));
    }

    private static Command go(String probe) {
        Toolchain.GO.orLeaveOut();
        Path binary = Repository.cache().resolve("go").resolve(probe).toAbsolutePath();
        go().with("mod", "download").run("go").orLeaveOut(DOWNLOADS);
        go().with("build", "-o", binary, "./" + probe).run("go").orFail(COMPILES);
        return Command.of(binary);
    }

    /** It may not download another compiler than the one that is there. */
    private static Command go() {
        return Command.of("go")
                .in(GO)
                .set("GOTOOLCHAIN", "local")
                .set("GOFLAGS", "-mod=readonly -buildvcs=false");
    }

    private static Command rust() {
        Toolchain.CARGO.orLeaveOut();
        Toolchain.C.orLeaveOut();
        Path target = Repository.cache().resolve("rust").toAbsolutePath();
        Command cargo = Command.of("cargo").in(RUST).set("CARGO_TARGET_DIR", target.toString());
        cargo.with("fetch", "--locked").run("cargo").orLeaveOut(DOWNLOADS);
        cargo.with("build", "--locked", "--offline").run("cargo").orFail(COMPILES);
        return Command.of(target.resolve("debug/probe"));
    }

    private static Subject goModule(String name, String path) {
        String version = pinned(GO.resolve("go.mod"), path + " v");
        return new Subject(name + " (Go modules)", version, "v2", "probe");
    }

    private static Subject crate(String name) {
        String version = pinned(RUST.resolve("Cargo.toml"), name + " = { version = \"=");
        return new Subject(name + " (crates.io)", version, "v2", "probe");
    }

    /** The version that stands behind these words. */
    private static String pinned(Path file, String words) {
        try {
            Matcher found =
                    Pattern.compile(Pattern.quote(words) + "([0-9.]+)")
                            .matcher(Files.readString(file));
            if (!found.find()) {
                throw new AssertionError(file + " pins no " + words);
            }
            return found.group(1);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
