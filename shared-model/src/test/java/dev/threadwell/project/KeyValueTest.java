package dev.threadwell.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values of keys, and what their scopes allow. */
class KeyValueTest {

    @Test
    void aNewValueHasAPrefix43RandomCharactersAndAChecksum() {
        String value = KeyValue.create(KeyValue.PROJECT);

        assertThat(value).matches("sk-tw-[A-Za-z0-9]{49}").isNotEqualTo(KeyValue.create("sk-tw-"));
        assertThat(KeyValue.hasChecksum(value)).isTrue();
        assertThat(KeyValue.hasChecksum("x" + value.substring(1))).isFalse();
        assertThat(KeyValue.hasChecksum("sk")).isFalse();
    }

    @Test
    void ofAValueOnlyItsEndsAreShown() {
        assertThat(KeyValue.redacted("sk-tw-0123456789abcdef")).isEqualTo("sk-tw-…cdef");
        assertThat(KeyValue.redacted("sk-short")).isEqualTo("…");
    }

    @Test
    void aKeyWithoutScopesMayDoEverything() {
        assertThat(Scopes.UNRESTRICTED.allow("api.all.write")).isTrue();
        assertThat(Scopes.stored("")).isEqualTo(Scopes.UNRESTRICTED);
    }

    @Test
    void whoMayReadAllMayWriteNothing() {
        Scopes scopes = new Scopes(Set.of(Scopes.READ_ALL));

        assertThat(scopes.allow("api.files.read")).isTrue();
        assertThat(scopes.allow("api.all.read")).isTrue();
        assertThat(scopes.allow("api.files.write")).isFalse();
    }

    @Test
    void whoMayWriteMayReadTheSameAndNothingElse() {
        Scopes scopes = Scopes.stored(new Scopes(Set.of(Scopes.WRITE_THREADS)).stored());

        assertThat(scopes.allow("api.threads.read")).isTrue();
        assertThat(scopes.allow("api.threads.write")).isTrue();
        assertThat(scopes.allow("api.assistants.read")).isFalse();
        assertThat(scopes.allow("api.all.read")).isFalse();
        assertThat(scopes.allow("api.all.write")).isFalse();
    }
}
