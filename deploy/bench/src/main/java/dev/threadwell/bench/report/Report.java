package dev.threadwell.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Renders the full report: machine, result table, breakdowns and CPU use. */
public final class Report {

    private Report() {}

    public static String of(List<String> machine, List<Measured> measured, String processors) {
        List<Figure> figures = measured.stream().flatMap(m -> m.figures().stream()).toList();
        String details =
                measured.stream()
                        .map(Measured::details)
                        .filter(text -> !text.isBlank())
                        .map(String::strip)
                        .collect(Collectors.joining("\n\n"));
        return """
        %s

        %s
        %s

        ### Who used the processors

        %s
        """
                .formatted(
                        machine.stream().map(line -> "- " + line).collect(Collectors.joining("\n")),
                        Table.of(figures),
                        details,
                        processors.strip());
    }
}
