package dev.threadwell.simulator;

import dev.threadwell.simulator.check.InstallationCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The command {@code check}: one run on the installation that the environment names. */
final class CheckCommand {

    private static final String URL = "THREADWELL_CHECK_URL";
    private static final String KEY = "THREADWELL_CHECK_API_KEY";
    private static final String MODEL = "THREADWELL_CHECK_MODEL";

    private CheckCommand() {}

    /** Returns the exit status: 0 if the run completed, 1 if not, 2 if it was called wrongly. */
    static int run(String[] args, Map<String, String> environment) {
        if (args.length != 1 || !args[0].equals("check")) {
            System.err.println("The simulator knows the argument 'check' alone.");
            return 2;
        }
        for (String name : List.of(URL, KEY, MODEL)) {
            if (environment.getOrDefault(name, "").isBlank()) {
                System.err.println(name + " is not set.");
                return 2;
            }
        }
        try {
            InstallationCheck.Seen seen =
                    new InstallationCheck(
                                    environment.getOrDefault(URL, ""),
                                    environment.getOrDefault(KEY, ""),
                                    environment.getOrDefault(MODEL, ""))
                            .run();
            System.out.printf(
                    "The run %s completed; %d deltas: %s%n",
                    seen.run(), seen.deltas(), seen.text());
            return 0;
        } catch (InstallationCheck.Failed e) {
            System.err.println("The check failed: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("The check failed, the API cannot be reached: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
