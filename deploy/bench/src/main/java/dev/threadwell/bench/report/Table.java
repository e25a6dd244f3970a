package dev.threadwell.bench.report;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Renders Markdown tables. */
public final class Table {

    private Table() {}

    public static String of(List<Figure> figures) {
        return of(
                List.of(
                        "#",
                        "figure",
                        "Threadwell",
                        "baseline",
                        "ratio or added",
                        "goal",
                        "met",
                        "samples"),
                figures.stream().map(Table::cells).toList());
    }

    public static String of(List<String> head, List<List<String>> rows) {
        String rule = line(Collections.nCopies(head.size(), "---"));
        return line(head) + rule + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static List<String> cells(Figure figure) {
        return Arrays.asList(
                Integer.toString(figure.row()),
                figure.name(),
                figure.threadwell(),
                figure.baseline(),
                figure.comparison(),
                figure.goal(),
                figure.verdict().text(),
                figure.samples());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
