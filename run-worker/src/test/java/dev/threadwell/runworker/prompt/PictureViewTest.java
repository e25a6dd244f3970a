package dev.threadwell.runworker.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.PictureNames;
import dev.threadwell.thread.ThreadPicture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sees pictures, and who is told their names. */
class PictureViewTest {

    private final InMemoryFiles files = new InMemoryFiles();
    private final PictureView view = new PictureView(files, List.of("gpt-3.5", "deepseek-"));

    private PictureNames names(String tools) {
        Run run = Samples.with(Samples.run(), "{\"tools\": %s}".formatted(tools));
        files.pictures.add(new ThreadPicture.Stored("file-1"));
        return view.names(RunRow.created("proj", run, null)).await().atMost(Duration.ofMinutes(1));
    }

    @Test
    void aModelOfTheListSeesNone() {
        assertThat(view.isSeenBy("gpt-3.5-turbo")).isFalse();
        assertThat(view.isSeenBy("deepseek-chat")).isFalse();
        assertThat(view.isSeenBy("gpt-4o")).isTrue();
    }

    @Test
    void namesAreToldWhereAToolTakesThem() {
        assertThat(names("[{\"type\":\"image_to_text\",\"image_to_text\":{}}]"))
                .isEqualTo(PictureNames.of(List.of(new ThreadPicture.Stored("file-1"))));
    }

    @Test
    void withoutSuchAToolNoPictureIsLookedFor() {
        assertThat(names("[{\"type\":\"code_interpreter\"}]")).isEqualTo(PictureNames.NONE);
    }
}
