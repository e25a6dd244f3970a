package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import java.nio.file.Path;

/** {@code up --split}: runs each service as its own process under a supervisor. */
public final class SplitMain {

    private SplitMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Split.start(
                    Settings.from(System.getenv()),
                    sizes(arguments),
                    Programs.builtIn(Path.of(System.getProperty("threadwell.repository", "."))));
        } catch (CannotStart e) {
            Console.say(e.sentence());
            System.exit(1);
        }
        // Waits forever: only a signal ends the JVM, through the shutdown hook.
        Thread.currentThread().join();
    }

    static Split.Sizes sizes(String[] arguments) {
        int apis = 1;
        int runWorkers = 1;
        int toolWorkers = 1;
        for (int i = 0; i < arguments.length; i += 2) {
            int number = number(arguments, i);
            switch (arguments[i]) {
                case "--api" -> apis = number;
                case "--run-workers" -> runWorkers = number;
                case "--tool-workers" -> toolWorkers = number;
                default -> throw new CannotStart("There is no option %s.".formatted(arguments[i]));
            }
        }
        if (apis == 0) {
            throw new CannotStart("At least one API is needed.");
        }
        return new Split.Sizes(apis, runWorkers, toolWorkers);
    }

    private static int number(String[] arguments, int option) {
        String text = option + 1 < arguments.length ? arguments[option + 1] : "";
        if (!text.matches("[0-9]{1,2}")) {
            throw new CannotStart("%s needs a number.".formatted(arguments[option]));
        }
        return Integer.parseInt(text);
    }
}
