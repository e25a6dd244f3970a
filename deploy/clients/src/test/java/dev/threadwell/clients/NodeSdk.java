package dev.threadwell.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SDK of npm, each version in a directory of its own. */
record NodeSdk(String name, Path modules) implements Sdk {

    private static final Map<String, NodeSdk> INSTALLED = new ConcurrentHashMap<>();
    private static final String ADVICE =
            "The Node client needs node (20 or newer) and npm: install them (Debian: apt-get install nodejs npm).";

    /**
     * Of a range, npm takes the newest version whose {@code engines} admit the Node that runs it.
     */
    static NodeSdk newest() {
        return INSTALLED.computeIfAbsent("openai@*", NodeSdk::install);
    }

    static NodeSdk version(String version) {
        return INSTALLED.computeIfAbsent("openai@" + version, NodeSdk::install);
    }

    private static NodeSdk install(String specifier) {
        try {
            Path home =
                    Files.createDirectories(
                            Repository.cache()
                                    .resolve("node")
                                    .resolve(specifier.replace("*", "newest")));
            // An own package.json: without one npm installs into the nearest directory above that
            // has one.
            Files.writeString(home.resolve("package.json"), "{\"private\": true}");
            Command.of(
                            "npm",
                            "install",
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            "--engine-strict",
                            "--force")
                    .with(specifier)
                    .in(home)
                    .run(ADVICE)
                    .orFail("npm cannot install " + specifier + ".");
            Path modules = home.resolve("node_modules");
            var description =
                    new JsonMapper().readTree(modules.resolve("openai/package.json").toFile());
            return new NodeSdk(
                    "openai " + description.required("version").asText() + " (npm)", modules);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot keep the npm package in " + Repository.cache(), failure);
        }
    }

    /**
     * A module is looked for beside the script that imports it, so the script is run beside the
     * SDK.
     */
    @Override
    public Command script(Path script) {
        try {
            Path beside =
                    Files.createTempDirectory(Files.createDirectories(Path.of("target")), "node-");
            Files.createSymbolicLink(beside.resolve("node_modules"), modules);
            try (var scripts = Files.newDirectoryStream(script.getParent(), "*.mjs")) {
                for (Path one : scripts) {
                    Files.copy(one, beside.resolve(one.getFileName()));
                }
            }
            return Command.of("node", beside.resolve(script.getFileName()).toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot lay " + script + " beside the SDK", failure);
        }
    }
}
