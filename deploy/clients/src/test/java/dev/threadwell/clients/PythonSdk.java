package dev.threadwell.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SDK of PyPI, each version in a virtual environment of its own. */
record PythonSdk(String name, Path python) implements Sdk {

    private static final Map<String, PythonSdk> INSTALLED = new ConcurrentHashMap<>();
    private static final String ADVICE =
            "The Python client needs python3 (3.9 or newer) with venv and pip:"
                    + " install it (Debian: apt-get install python3 python3-venv).";

    static PythonSdk newest() {
        return INSTALLED.computeIfAbsent("openai", wanted -> install(wanted));
    }

    /**
     * @param more what else the environment needs, as pip writes it
     */
    static PythonSdk version(String version, String... more) {
        return INSTALLED.computeIfAbsent("openai==" + version, wanted -> install(wanted, more));
    }

    private static PythonSdk install(String requirement, String... more) {
        Path environment = Repository.cache().resolve("python").resolve(requirement);
        Path python = environment.resolve("bin/python");
        if (!Files.exists(environment.resolve("bin/pip"))) {
            Command.of("python3", "-m", "venv", environment).run(ADVICE).orFail(ADVICE);
        }
        Command.of(
                        python,
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--upgrade")
                .with(requirement)
                .with((Object[]) more)
                .run(ADVICE)
                .orFail("pip cannot install " + requirement + ".");
        String version =
                Command.of(python, "-c", "import openai; print(openai.__version__)")
                        .run(ADVICE)
                        .orFail("The installed package openai cannot be imported.")
                        .out()
                        .strip();
        return new PythonSdk("openai " + version + " (PyPI)", python);
    }

    @Override
    public Command script(Path script) {
        // The newest SDKs warn at every call that OpenAI gave the API up.
        return Command.of(python, "-B", "-W", "ignore::DeprecationWarning", script);
    }
}
