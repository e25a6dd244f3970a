package dev.threadwell.clients;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * A probe that has yet to run.
 *
 * @param script what makes it ready (installs, compiles), and then runs it
 */
record Planned(Subject subject, Supplier<Command> script) {

    /**
     * Runs probes at the same time: their checks wait for runs more than they compute. None may
     * assume that it is alone in its project.
     */
    static Stream<DynamicContainer> sideBySide(List<Planned> all) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<DynamicContainer>> running =
                    all.stream()
                            .map(one -> CompletableFuture.supplyAsync(one::container, threads))
                            .toList();
            return running.stream().map(Planned::ended).toList().stream();
        }
    }

    private static DynamicContainer ended(CompletableFuture<DynamicContainer> running) {
        try {
            return running.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw failure;
        }
    }

    /** One that is left out takes no other with it. */
    private DynamicContainer container() {
        try {
            return Probe.container(subject, script.get());
        } catch (TestAbortedException leftOut) {
            DynamicTest said =
                    DynamicTest.dynamicTest(
                            "left out",
                            () -> {
                                throw leftOut;
                            });
            return DynamicContainer.dynamicContainer(subject.name(), Stream.of(said));
        }
    }
}
