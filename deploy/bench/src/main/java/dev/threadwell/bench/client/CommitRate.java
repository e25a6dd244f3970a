package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Vertx;

/** Measures the transactions per second of pgbench's default script. */
public interface CommitRate extends AutoCloseable {

    double perSecond(int seconds);

    /** The tool that measures it. */
    String name();

    @Override
    void close();

    /** Uses pgbench if it is installed, otherwise our own client with the same script. */
    static CommitRate open(Vertx vertx, Target target, Database database, int clients, int scale) {
        return Pgbench.find(target, clients)
                .<CommitRate>map(program -> program)
                .orElseGet(() -> TpcB.open(vertx, database, clients, scale));
    }
}
