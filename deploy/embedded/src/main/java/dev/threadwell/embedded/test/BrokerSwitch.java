package dev.threadwell.embedded.test;

import dev.threadwell.embedded.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Stops and restarts the tests' broker on the same directory and port.
 *
 * <p>It is an MBean because tests run in Quarkus class loaders that do not share our objects, but
 * all class loaders share the JVM's MBean server.
 */
public final class BrokerSwitch {

    /** The operations of the MBean. */
    public interface BrokerMBean {
        void stop();

        void start();
    }

    private BrokerSwitch() {}

    /** Stops the broker; does nothing if it is stopped. */
    public static void stop() {
        invoke("stop");
    }

    /** Starts the broker; does nothing if it is running. */
    public static void start() {
        invoke("start");
    }

    static void register(EmbeddedKafka kafka, Path directory) {
        try {
            if (server().isRegistered(name())) {
                server().unregisterMBean(name());
            }
            server().registerMBean(new Broker(kafka, directory), name());
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void invoke(String operation) {
        try {
            server().invoke(name(), operation, new Object[0], new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException("the broker could not be switched: " + operation, e);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static ObjectName name() throws JMException {
        return new ObjectName("dev.threadwell:type=Broker");
    }

    /** The tests' broker, running or stopped. */
    static final class Broker implements BrokerMBean {

        private final Path directory;
        private final int port;
        private @Nullable EmbeddedKafka running;

        Broker(EmbeddedKafka running, Path directory) {
            this.running = running;
            this.directory = directory;
            this.port = running.port();
        }

        @Override
        public synchronized void stop() {
            if (running != null) {
                running.close();
                running = null;
            }
        }

        @Override
        public synchronized void start() {
            if (running == null) {
                running = EmbeddedKafka.start(directory, port);
            }
        }
    }
}
