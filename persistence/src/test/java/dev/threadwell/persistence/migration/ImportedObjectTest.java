package dev.threadwell.persistence.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportedObjectTest {

    private static ImportedObject referringTo(String id) {
        return new ImportedObject(
                ImportedObject.Kind.RUNS, "run_1", "thread_1", "", 1, "failed", id, 2, "{}", "{}");
    }

    @Test
    void anIdThatATextCannotHoldRefersToNothing() {
        assertThat(referringTo("asst_\0").referredId()).isEmpty();
        assertThat(referringTo("asst_1").referredId()).isEqualTo("asst_1");
    }
}
