package dev.threadwell.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source of an interface that declares settings, read for its Javadoc. */
final class MappingSource {

    private static final Pattern DECLARED =
            Pattern.compile(
                    "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" // Javadoc
                            + "(?:@\\w+(?:\\((?:\"[^\"]*\"|[^\")])*\\))?\\s*)*" // annotations
                            + "(?:(?:public )?(?<kind>interface|enum) (?<type>\\w+)"
                            + "|[\\w.<>, ]+ (?<method>\\w+)\\(\\);)",
                    Pattern.DOTALL);

    private final Path file;
    private final Map<String, String> sentences = new HashMap<>();

    private MappingSource(Path file) {
        this.file = file;
        String type = "";
        Matcher declared = DECLARED.matcher(read(file));
        while (declared.find()) {
            if ("enum".equals(declared.group("kind"))) {
                continue;
            }
            String sentence = plain(Objects.requireNonNull(declared.group(1)));
            String method = declared.group("method");
            if (method == null) {
                type = Objects.requireNonNull(declared.group("type"));
                sentences.put(type, sentence);
            } else {
                sentences.put(type + "." + method, sentence);
            }
        }
    }

    /** All that are below this directory of sources. */
    static List<MappingSource> below(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith("Config.java"))
                    .filter(file -> read(file).contains("@ConfigMapping("))
                    .sorted()
                    .map(MappingSource::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
    }

    Class<?> mapping() {
        String path = file.toString();
        String name =
                path.substring(path.indexOf("src/main/java/") + "src/main/java/".length())
                        .replace(".java", "")
                        .replace('/', '.');
        try {
            return Class.forName(name, false, MappingSource.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Javadoc of the mapping itself. */
    String sentence() {
        return sentence(mapping().getSimpleName());
    }

    /** The Javadoc of this declaration. */
    String sentence(String declaration) {
        String sentence = sentences.get(declaration);
        if (sentence == null || sentence.isEmpty()) {
            throw new IllegalStateException(declaration + " has no Javadoc in " + file);
        }
        return sentence;
    }
}
