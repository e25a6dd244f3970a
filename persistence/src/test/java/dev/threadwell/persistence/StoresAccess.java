package dev.threadwell.persistence;

import io.vertx.mutiny.sqlclient.Pool;

/** The tests' database for the tests of other packages. */
public final class StoresAccess {

    private StoresAccess() {}

    public static Pool pool() {
        return Stores.POOL;
    }
}
