package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@OnInstallation
class AnnouncementFlowTest {

    private final Installation installation;
    private final Announcements announcements;

    AnnouncementFlowTest(Installation installation) {
        this.installation = installation;
        announcements = new Announcements(installation.topic("run.announced"));
    }

    @Test
    void everyChangeOfARunIsAnnouncedInOrder() {
        var run =
                installation
                        .client()
                        .withFunctions("weather")
                        .asks(simulate("{'calls':[{'name':'weather'}],'then':{'say':'Fine.'}}"));
        run.becomes(REQUIRES_ACTION).submits("sunny").becomes(COMPLETED);

        areAnnounced(
                run,
                "queued",
                "in_progress",
                "requires_action",
                "queued",
                "in_progress",
                "completed");
    }

    @Test
    void aCancellationIsAnnouncedInItsSteps() {
        var run = installation.client().asks(Model.endless());
        run.becomes(Status.IN_PROGRESS).cancels().becomes(CANCELLED);

        areAnnounced(run, "queued", "in_progress", "cancelling", "cancelled");
    }

    /** Another process than the one that tells the end may still be about to tell of a change. */
    private void areAnnounced(ClientRun run, String... statuses) {
        Eventually.holds(
                "every change of " + run.id() + " is announced",
                () -> assertThat(announcements.statuses(run)).containsExactly(statuses));
    }

    @Test
    void anAnnouncementIsACloudEventWithTheRunAsItsData() {
        var run = installation.client().asks(simulate("{'say':'Fine.'}")).becomes(COMPLETED);

        announcements.awaitsEndOf(run);
        ConsumerRecord<String, byte[]> last = announcements.of(run).getLast();
        assertThat(last.key()).isEqualTo(run.thread());
        assertThat(Topic.header(last, "ce_specversion")).isEqualTo("1.0");
        assertThat(Topic.header(last, "ce_type")).isEqualTo("thread.run.completed");
        assertThat(Topic.header(last, "ce_subject")).isEqualTo(run.id());
        assertThat(Topic.header(last, "ce_source")).startsWith("/projects/");
        assertThat(Topic.header(last, "ce_id")).startsWith(run.id());
        assertThat(Topic.header(last, "ce_time")).isNotEmpty();
        assertThat(Topic.header(last, "content-type")).isEqualTo("application/json");
        assertThat(Json.read(Topic.text(last))).isEqualTo(run.object());
    }
}
