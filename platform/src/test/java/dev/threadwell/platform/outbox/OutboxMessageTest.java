package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The announcements of a run's changes on the public topic. */
class OutboxMessageTest {

    @Test
    void anAnnouncementHasNeitherSecretsNorBindings() {
        Run run = Samples.run(RunStatus.COMPLETED).withTools(Samples.toolsWithSecrets());

        OutboxMessage announced = OutboxMessage.announced("proj", run, 3, Samples.NOW);

        assertThat(announced.payload())
                .contains("tides", "harbour")
                .doesNotContain("secret", "threadwell", "tides.test");
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void anAnnouncementIsOfTheTypeOfItsEvent(RunStatus status) {
        OutboxMessage announced =
                OutboxMessage.announced("proj", Samples.run(status), 3, Samples.NOW);

        assertThat(announced.headers()).containsEntry("ce_type", "thread.run." + status.wire());
    }
}
