package dev.threadwell.embedded;

import java.nio.file.Path;

/** Runs the broker as a separate process: {@code KafkaMain <directory> <port>}. */
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: KafkaMain <directory> <port>");
            System.exit(2);
        }
        try {
            var kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
            System.out.println("Kafka listens on " + "127.0.0.1:" + kafka.port());
        } catch (CannotStart e) {
            System.err.println(e.sentence());
            System.exit(1);
        }
    }
}
