package dev.threadwell.containers;

/** The images of PostgreSQL and Kafka that an installation runs on. */
record Versions(String postgres, String kafka) {

    /** What most tests run on, and compose by default. */
    static final Versions USUAL = new Versions("17", "4.1.1");

    String postgresImage() {
        return "docker.io/library/postgres:" + postgres;
    }

    String kafkaImage() {
        return "docker.io/apache/kafka:" + kafka;
    }

    @Override
    public String toString() {
        return "PostgreSQL %s, Kafka %s".formatted(postgres, kafka);
    }
}
