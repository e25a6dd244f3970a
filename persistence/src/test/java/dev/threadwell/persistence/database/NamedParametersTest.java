package dev.threadwell.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParametersTest {

    private static String compiled(String named) {
        return NamedParameters.of(named).sql();
    }

    @Test
    void namesAreNumberedAsTheyCome() {
        var compiled = NamedParameters.of("update t set a = :value, b=:other where id = :id");
        assertThat(compiled.sql()).isEqualTo("update t set a = $1, b=$2 where id = $3");
        assertThat(compiled.names()).containsExactly("value", "other", "id");
    }

    @Test
    void aNameThatComesAgainIsTheSameParameter() {
        var compiled = NamedParameters.of(":id, :ids, :id");
        assertThat(compiled.sql()).isEqualTo("$1, $2, $1");
        assertThat(compiled.names()).containsExactly("id", "ids");
    }

    @Test
    void aCastIsNoParameter() {
        assertThat(compiled("select :ids::text[], a::int8, :j::text::json"))
                .isEqualTo("select $1::text[], a::int8, $2::text::json");
    }

    @Test
    void aParameterCanFollowACast() {
        assertThat(compiled("x::text=:a")).isEqualTo("x::text=$1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ':a', 'it''s :a', E'\\':a'",
                "select \":a\" from \"t:b\"",
                "select 1 -- not :a 'nor this\n, 2",
                "select 1 -- :a",
                "select /* :a /* :b */ :c ' */ 2",
                "as $$ select :a $$",
                "as $body$ select :a, $$ :b $body$",
                "select a ? 'b', a ?| b, a ?& b, a @@ '$.x ? (@ == \":a\")', a @> b, a #>> '{b}'",
                "select a[1:2], a[:2], f(a := 1)",
                "select substring(d from '\"id\":\\[\"([a-z]+)\"')",
                "select a - b, a / b, a -> 'b' ->> 'c', a::text",
                "select 'open :a",
                "select :",
            })
    void whatIsNoParameterStaysAsItIs(String sql) {
        var compiled = NamedParameters.of(sql);
        assertThat(compiled.sql()).isEqualTo(sql);
        assertThat(compiled.names()).isEmpty();
    }

    @Test
    void whatFollowsAStringOrACommentIsReadAgain() {
        assertThat(compiled("':a' || :a || /* :b */ :b -- :c\n || :c || $$ :d $$ || :d"))
                .isEqualTo("':a' || $1 || /* :b */ $2 -- :c\n || $3 || $$ :d $$ || $4");
    }

    @Test
    void numbersAndNamesCannotBeMixed() {
        assertThatThrownBy(() -> NamedParameters.of("select $1, :a"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
