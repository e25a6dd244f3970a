package dev.threadwell.simulator;

import io.vertx.core.Vertx;
import java.util.Map;

/**
 * Runs the simulator as a separate process; with the argument {@code check} it checks an
 * installation in place of that, which is what {@code helm test} calls.
 */
public final class SimulatorMain {
    private SimulatorMain() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        if (args.length > 0) {
            System.exit(CheckCommand.run(args, environment));
        }
        String host = environment.getOrDefault("THREADWELL_SIMULATOR_HOST", "127.0.0.1");
        int port = Integer.parseInt(environment.getOrDefault("THREADWELL_SIMULATOR_PORT", "0"));
        Simulator.start(Vertx.vertx(), host, port)
                .onSuccess(simulator -> System.out.println(simulator.url()))
                .onFailure(SimulatorMain::fail);
    }

    private static void fail(Throwable cause) {
        System.err.println("The simulator cannot start: " + cause.getMessage());
        System.exit(1);
    }
}
