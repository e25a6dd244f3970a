package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Vertx;

/** How many transactions of pgbench's default script the server commits in a second. */
public interface CommitRate extends AutoCloseable {

    double perSecond(int seconds);

    /** Who measures it. */
    String name();

    @Override
    void close();

    /** By pgbench itself if it is installed, else by a client of our own that does the same. */
    static CommitRate open(Vertx vertx, Target target, Database database, int clients, int scale) {
        return Pgbench.find(target, clients)
                .<CommitRate>map(program -> program)
                .orElseGet(() -> TpcB.open(vertx, database, clients, scale));
    }
}
