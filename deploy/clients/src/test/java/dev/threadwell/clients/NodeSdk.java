package dev.threadwell.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The SDK of npm, each version in a directory of its own. */
record NodeSdk(String version, Path modules) implements Sdk {

    private static final Map<String, NodeSdk> INSTALLED = new ConcurrentHashMap<>();
    private static final String ADVICE =
            "The Node client needs node (20 or newer) and npm: install them (Debian: apt-get install nodejs npm).";

    /**
     * Of a range, npm takes the newest version whose {@code engines} admit the Node that runs it.
     */
    static NodeSdk newest() {
        return INSTALLED.computeIfAbsent("*", NodeSdk::install);
    }

    /**
     * @param more what else it needs, as npm writes it; {@code node} itself where the SDK's {@code
     *     engines} ask for a newer one than there may be
     */
    static NodeSdk version(String version, String... more) {
        return INSTALLED.computeIfAbsent(version, _ -> install(version, more));
    }

    private static NodeSdk install(String range, String... more) {
        List<String> packages =
                Stream.concat(Stream.of("openai@" + range), Stream.of(more)).toList();
        Path home =
                Repository.cache()
                        .resolve("node")
                        .resolve("openai@" + range.replace("*", "newest"));
        Path note = home.resolve("installed");
        if (range.equals("*") || !Kept.says(note, packages)) {
            install(home, packages);
            Kept.say(note, packages);
        }
        Path modules = home.resolve("node_modules");
        return new NodeSdk(installedVersion(modules), modules);
    }

    private static void install(Path home, List<String> packages) {
        try {
            Files.createDirectories(home);
            // An own package.json: without one npm installs into the nearest directory above that
            // has one.
            Files.writeString(home.resolve("package.json"), "{\"private\": true}");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep npm packages in " + home, failure);
        }
        boolean ownNode = packages.size() > 1;
        Command.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--force")
                .with(ownNode ? "--no-engine-strict" : "--engine-strict")
                .with(packages.toArray())
                .in(home)
                .run(ADVICE)
                .orLeaveOut("npm cannot install " + packages + ".");
    }

    private static String installedVersion(Path modules) {
        try {
            return new JsonMapper()
                    .readTree(modules.resolve("openai/package.json").toFile())
                    .required("version")
                    .asText();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the SDK's version", failure);
        }
    }

    @Override
    public Subject subject(String wire, String what) {
        return new Subject("openai (npm)", version, wire, what);
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
            Path ownNode = modules.resolve("node/bin/node");
            return Command.of(
                    Files.exists(ownNode) ? ownNode : "node",
                    beside.resolve(script.getFileName()).toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot lay " + script + " beside the SDK", failure);
        }
    }
}
