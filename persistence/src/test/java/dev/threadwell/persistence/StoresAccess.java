package dev.threadwell.persistence;

import io.vertx.mutiny.sqlclient.Pool;

/** Gives the tests of other packages access to the test database. */
public final class StoresAccess {

    private StoresAccess() {}

    public static Pool pool() {
        return Stores.POOL;
    }
}
