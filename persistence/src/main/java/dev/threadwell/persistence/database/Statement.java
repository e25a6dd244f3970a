package dev.threadwell.persistence.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SQL statement with named parameters, e.g. {@code where id = :id}. It is compiled once to
 * PostgreSQL's numbered parameters; a name that occurs several times is one parameter.
 */
public final class Statement {

    private final String sql;
    private final List<String> names;

    private Statement(NamedParameters compiled) {
        this.sql = compiled.sql();
        this.names = compiled.names();
    }

    /** Compiles a statement. Assign it to a constant, so that it is compiled only once. */
    public static Statement of(String named) {
        return new Statement(NamedParameters.of(named));
    }

    /** The SQL with numbered parameters. */
    public String sql() {
        return sql;
    }

    /** The names of the parameters, in the order of their numbers. */
    List<String> names() {
        return names;
    }

    /** Binds the first of the values. */
    public Bound with(String name, @Nullable Object value) {
        return new Bound(this).with(name, value);
    }

    /** Binds these values by the names of their parameters. */
    public Bound with(Map<String, String> values) {
        Bound bound = new Bound(this);
        values.forEach(bound::with);
        return bound;
    }

    /** A statement with values for its parameters. */
    public static final class Bound {

        private final Statement statement;
        private final @Nullable Object[] values;
        private final BitSet given = new BitSet();

        private Bound(Statement statement) {
            this.statement = statement;
            this.values = new Object[statement.names.size()];
        }

        /** Binds one more value. */
        public Bound with(String name, @Nullable Object value) {
            int index = statement.names.indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException("the statement has no parameter " + name);
            }
            values[index] = value;
            given.set(index);
            return this;
        }

        /** The values in the order of the statement's parameters. */
        Tuple parameters() {
            int missing = given.nextClearBit(0);
            if (missing < values.length) {
                throw new IllegalStateException("no value for " + statement.names.get(missing));
            }
            Tuple parameters = Tuple.tuple();
            for (Object value : values) {
                parameters.addValue(value);
            }
            return parameters;
        }

        /** Executes the statement as a prepared statement. */
        public Uni<RowSet<Row>> execute(SqlClient client) {
            return client.preparedQuery(statement.sql).execute(parameters());
        }
    }
}
