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

/** An SDK of npm, each version in a directory of its own. */
record NodeSdk(String name, String version, Path modules) implements Sdk {

    private static final Map<String, NodeSdk> INSTALLED = new ConcurrentHashMap<>();
    private static final String ADVICE =
            "The Node client needs node (20 or newer) and npm: install them (Debian: apt-get install nodejs npm).";

    /**
     * Of a range, npm takes the newest version whose {@code engines} admit the Node that runs it.
     */
    static NodeSdk newest() {
        return INSTALLED.computeIfAbsent("*", range -> install("openai", range));
    }

    /**
     * @param more what else it needs, as npm writes it; {@code node} itself where the SDK's {@code
     *     engines} ask for a newer one than there may be
     */
    static NodeSdk version(String version, String... more) {
        return INSTALLED.computeIfAbsent(version, _ -> install("openai", version, more));
    }

    /** Azure's own client, which never learned v2. */
    static NodeSdk azure(String version) {
        String name = "@azure/openai-assistants";
        return INSTALLED.computeIfAbsent(name + version, _ -> install(name, version));
    }

    private static NodeSdk install(String name, String range, String... more) {
        List<String> packages =
                Stream.concat(Stream.of(name + "@" + range), Stream.of(more)).toList();
        Path home =
                Repository.cache()
                        .resolve("node")
                        .resolve(name + "@" + range.replace("*", "newest"));
        Path note = home.resolve("installed");
        if (range.equals("*") || !Kept.says(note, packages)) {
            install(home, packages);
            Kept.say(note, packages);
        }
        Path modules = home.resolve("node_modules");
        return new NodeSdk(name, installedVersion(modules.resolve(name)), modules);
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

    private static String installedVersion(Path installed) {
        try {
            return new JsonMapper()
                    .readTree(installed.resolve("package.json").toFile())
                    .required("version")
                    .asText();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the SDK's version", failure);
        }
    }

    @Override
    public Subject subject(String wire, String what) {
        return new Subject(name + " (npm)", version, wire, what);
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
