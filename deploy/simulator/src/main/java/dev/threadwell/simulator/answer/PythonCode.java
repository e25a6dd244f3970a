package dev.threadwell.simulator.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes Python code for the few kinds of questions that the script recognizes: equations, square
 * roots, arithmetic and CSV files.
 */
final class PythonCode {

    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final Pattern EQUATION =
            Pattern.compile("(\\d*)\\s*x\\s*([+-])\\s*" + NUMBER + "\\s*=\\s*(-?\\d+(?:\\.\\d+)?)");
    private static final Pattern ROOT =
            Pattern.compile("square root|sqrt|平方根", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARITHMETIC =
            Pattern.compile(
                    NUMBER.replace("(\\d", "(?:\\d")
                            + "(?:\\s*(?:\\*\\*|[-+*/%])\\s*\\(*\\d+(?:\\.\\d+)?\\)*)+");
    private static final Pattern DRAWING =
            Pattern.compile(
                    "visuali[sz]|chart|plot|graph|diagram|draw|图", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNT = Pattern.compile("\\b([1-9])\\b");

    private PythonCode() {}

    /** A file that the code can open. */
    record File(String path, String name) {

        boolean isTable() {
            return name.toLowerCase(Locale.ROOT).endsWith(".csv");
        }
    }

    /** The code, if the text asks for something that can be computed. */
    static Optional<String> answering(String said, List<File> files) {
        Matcher equation = EQUATION.matcher(said);
        if (equation.find()) {
            return Optional.of(solving(equation));
        }
        Matcher number = Pattern.compile(NUMBER).matcher(said);
        if (ROOT.matcher(said).find() && number.find()) {
            return Optional.of("import math\n\nprint(math.sqrt(" + number.group() + "))\n");
        }
        Matcher arithmetic = ARITHMETIC.matcher(said);
        if (arithmetic.find()) {
            return Optional.of("print(" + arithmetic.group() + ")\n");
        }
        return files.stream().filter(File::isTable).findFirst().map(table -> reading(table, said));
    }

    private static String solving(Matcher equation) {
        String factor = equation.group(1).isEmpty() ? "1" : equation.group(1);
        String sign = equation.group(2).equals("-") ? "-" : "";
        return """
        a, b, c = %s, %s%s, %s
        print("x =", (c - b) / a)
        """
                .formatted(factor, sign, equation.group(3), equation.group(4));
    }

    private static String reading(File table, String said) {
        String read =
                """
                import pandas as pd

                table = pd.read_csv("%s", thousands=",")
                print(table.describe())
                """
                        .formatted(table.path());
        return DRAWING.matcher(said).find() ? read + drawing(said) : read;
    }

    private static String drawing(String said) {
        Matcher count = COUNT.matcher(said);
        return """

        import matplotlib.pyplot as plt

        numbers = list(table.select_dtypes("number").columns)
        for i in range(%s if numbers else 0):
            column = numbers[i %% len(numbers)]
            table[column].plot(kind=["line", "hist", "box"][i %% 3], title=column)
            plt.show()
        table.describe().to_csv("/mnt/data/summary.csv")
        """
                .formatted(count.find() ? count.group() : "1");
    }
}
