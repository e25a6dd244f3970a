package dev.threadwell.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.persistence.Stores;
import io.vertx.mutiny.sqlclient.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class StatementTest {

    private static final Statement SUM =
            Statement.of("select :a::int + 10 * :b::int + 100 * :a as sum, :c::text as word");

    @Test
    void valuesAreGivenByNameInAnyOrder() {
        Row row =
                SUM.with("c", "x")
                        .with("b", 2)
                        .with("a", 1)
                        .execute(Stores.POOL)
                        .await()
                        .indefinitely()
                        .iterator()
                        .next();
        assertThat(row.getInteger("sum")).isEqualTo(121);
        assertThat(row.getString("word")).isEqualTo("x");
    }

    @Test
    void aValueCanBeNull() {
        var parameters = SUM.with("a", 1).with("b", 2).with("c", null).parameters();
        assertThat(parameters.size()).isEqualTo(3);
        assertThat(parameters.getValue(2)).isNull();
    }

    @Test
    void aValueThatIsMissingIsNamed() {
        assertThatThrownBy(() -> SUM.with("a", 1).with("c", "x").parameters())
                .hasMessage("no value for b");
    }

    @Test
    void aNameThatTheStatementDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> SUM.with("d", 1)).hasMessageContaining("d");
    }
}
