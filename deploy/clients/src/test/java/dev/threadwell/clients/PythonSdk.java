package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The SDK of PyPI, each version in a virtual environment of its own. */
record PythonSdk(String version, Path python) implements Sdk {

    private static final Map<String, PythonSdk> INSTALLED = new ConcurrentHashMap<>();
    private static final String NEWEST = "openai";
    private static final List<String> FOR_TESTS =
            List.of("pytest==9.2.0", "pytest-asyncio==1.5.0", "respx==0.23.1", "rich==15.0.0");
    private static final String ADVICE =
            "The Python client needs python3 (3.9 or newer) with venv and pip:"
                    + " install it (Debian: apt-get install python3 python3-venv).";

    static PythonSdk newest() {
        return INSTALLED.computeIfAbsent("openai", _ -> install(NEWEST, List.of()));
    }

    /**
     * @param more what else the environment needs, as pip writes it
     */
    static PythonSdk version(String version, String... more) {
        return INSTALLED.computeIfAbsent(
                version, _ -> install("openai==" + version, List.of(more)));
    }

    /** In an environment of its own, with what the SDK's own tests import. */
    static PythonSdk withTests(String version) {
        return INSTALLED.computeIfAbsent(
                version + "+tests", _ -> install("openai[aiohttp]==" + version, FOR_TESTS));
    }

    private static PythonSdk install(String wanted, List<String> more) {
        Path environment = Repository.cache().resolve("python").resolve(wanted);
        Path python = environment.resolve("bin/python");
        Path note = environment.resolve("installed");
        List<String> requirements = Stream.concat(Stream.of(wanted), more.stream()).toList();
        if (wanted.equals(NEWEST) || !Kept.says(note, requirements)) {
            if (!Files.exists(environment.resolve("bin/pip"))) {
                Command.of("python3", "-m", "venv", environment).run(ADVICE).orLeaveOut(ADVICE);
            }
            Command.of(python, "-m", "pip", "install", "--quiet", "--upgrade")
                    .with("--disable-pip-version-check")
                    .with(requirements.toArray())
                    .run(ADVICE)
                    .orLeaveOut("pip cannot install " + requirements + ".");
            Kept.say(note, requirements);
        }
        return new PythonSdk(installedVersion(python), python);
    }

    private static String installedVersion(Path python) {
        return Command.of(python, "-c", "import openai; print(openai.__version__)")
                .run(ADVICE)
                .orFail("The installed package openai cannot be imported.")
                .out()
                .strip();
    }

    /** The unpacked source distribution of this version. */
    Path source() {
        Path sources = Repository.cache().resolve("python").resolve("sources");
        Path unpacked = sources.resolve("openai-" + version);
        if (Files.exists(unpacked)) {
            return unpacked;
        }
        try {
            Path fresh = Files.createTempDirectory(Files.createDirectories(sources), "fresh");
            Command.of(python, "-m", "pip", "download", "--quiet", "--no-deps")
                    .with("--no-binary", ":all:", "--disable-pip-version-check")
                    .with("--dest", fresh, "openai==" + version)
                    .run(ADVICE)
                    .orLeaveOut("pip cannot download the source of openai " + version + ".");
            Path archive = fresh.resolve("openai-" + version + ".tar.gz");
            Command.of(python, "-m", "tarfile", "-e", archive, fresh)
                    .run(ADVICE)
                    .orFail("cannot unpack " + archive);
            return Files.move(fresh.resolve(unpacked.getFileName()), unpacked);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep a source in " + sources, failure);
        }
    }

    @Override
    public Subject subject(String wire, String what) {
        return new Subject("openai (PyPI)", version, wire, what);
    }

    @Override
    public Command script(Path script) {
        // The newest SDKs warn at every call that OpenAI gave the API up.
        return Command.of(python, "-B", "-W", "ignore::DeprecationWarning", script);
    }
}
