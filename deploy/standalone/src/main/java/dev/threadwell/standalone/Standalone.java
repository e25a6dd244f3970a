package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code up}: runs the three services, Kafka and the simulator in one JVM, with PostgreSQL as its
 * child process.
 */
@QuarkusMain
public final class Standalone implements QuarkusApplication {

    // Static because Quarkus creates the application object itself: the servers that main has
    // started.
    private static volatile @Nullable OneJvm servers;

    public static void main(String[] arguments) {
        int code = 1;
        var servicesStopped = new CountDownLatch(1);
        try {
            OneJvm started = OneJvm.start(Settings.from(System.getenv()));
            servers = started;
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stopAfter(servicesStopped, started), "stop"));
            started.properties().forEach(System::setProperty);
            System.setProperty("quarkus.http.port", Integer.toString(started.port()));
            Quarkus.run(Standalone.class, Standalone::ended, arguments);
            code = 0;
        } catch (CannotStart e) {
            Console.say(e.sentence());
        } finally {
            servicesStopped.countDown();
        }
        System.exit(code);
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        OneJvm started = servers;
        if (started == null) {
            throw new IllegalStateException("start this through its main method");
        }
        try (var health = new Health()) {
            while (!health.isReady(started.port())) {
                Thread.sleep(20);
            }
        }
        started.announceReady();
        Quarkus.waitForExit();
        return 0;
    }

    // Stops the servers only after Quarkus has stopped the services that use them. On a signal the
    // JVM waits both for this hook and for that of Quarkus.
    private static void stopAfter(CountDownLatch servicesStopped, OneJvm started) {
        try {
            servicesStopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.close();
    }

    private static void ended(Integer code, @Nullable Throwable failure) {
        if (failure != null) {
            throw new CannotStart(
                    "The services did not start: %s.".formatted(told(rootCause(failure))), failure);
        }
    }

    private static String told(Throwable cause) {
        return cause instanceof TimeoutException
                ? "one of their steps took too long; the machine may be busy"
                : cause.toString();
    }

    private static Throwable rootCause(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .reduce(failure, (outer, inner) -> inner);
    }
}
