package dev.threadwell.persistence.thread;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.Stores;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which pictures a thread has, and under which names. */
@Tag("server")
class PictureStoreTest {

    private final Stores stores = new Stores();
    private final PictureStore pictures = new PictureStore(Stores.POOL);
    private final ThreadObject thread = Samples.thread();

    private List<ThreadPicture> after(MessageContent... parts) {
        return after(List.of(message(parts)));
    }

    private List<ThreadPicture> after(List<Message> messages) {
        await(stores.threads.create(PROJECT, thread, messages));
        return await(pictures.of(PROJECT, thread.id()));
    }

    private Message message(MessageContent... parts) {
        return Message.written(
                Ids.message(),
                thread.id(),
                Samples.NOW.getEpochSecond(),
                "user",
                List.of(parts),
                List.of(),
                Map.of());
    }

    private static MessageContent file(String id) {
        return new MessageContent.ImageFile(Map.of("file_id", id));
    }

    private static MessageContent url(String url) {
        return new MessageContent.ImageUrl(Map.of("url", url));
    }

    private static ThreadPicture stored(String id) {
        return new ThreadPicture.Stored(id);
    }

    private static ThreadPicture linked(String name, String url) {
        return new ThreadPicture.Linked(name, url);
    }

    @Test
    void aPictureByUrlIsNamedByItsNumberAmongAllPictures() {
        assertThat(after(file("file-1"), url("https://a.test/1.png"), url("https://a.test/2.png")))
                .containsExactly(
                        stored("file-1"),
                        linked("picture-2", "https://a.test/1.png"),
                        linked("picture-3", "https://a.test/2.png"));
    }

    @Test
    void aPictureThatIsShownAgainKeepsItsNameAndIsTheNewest() {
        assertThat(after(url("https://a.test/1.png"), file("file-1"), url("https://a.test/1.png")))
                .containsExactly(stored("file-1"), linked("picture-1", "https://a.test/1.png"));
    }

    @Test
    void whatATextSaysIsNoPicture() {
        assertThat(after(MessageContent.Text.of("{\"type\":\"image_url\"} \"image_file\"")))
                .isEmpty();
    }

    @Test
    void aMessageWithAZeroCharacterHasItsPictures() {
        assertThat(after(MessageContent.Text.of("a\0b"), file("file-1")))
                .containsExactly(stored("file-1"));
    }

    @Test
    void moreMessagesThanAreReadAtOnceAreReadInOrder() {
        List<Message> messages = new ArrayList<>();
        IntStream.range(0, 120).forEach(i -> messages.add(message(file("file-" + i))));

        assertThat(after(messages))
                .isEqualTo(IntStream.range(0, 120).mapToObj(i -> stored("file-" + i)).toList());
    }

    @Test
    void aPictureBehindManyMessagesWithoutOneIsFound() {
        List<Message> messages = new ArrayList<>();
        IntStream.range(0, 2 * PictureStore.PAGE_ENTRIES)
                .forEach(i -> messages.add(message(MessageContent.Text.of("No " + i))));
        messages.add(message(file("file-1")));

        assertThat(after(messages)).containsExactly(stored("file-1"));
    }

    @Test
    void aPictureThatAToolHasMadeIsOneBeforeAnyMessageShowsIt() {
        after(file("file-1"));
        RunStep step =
                RunStep.begun(
                                "step_" + thread.id(),
                                Samples.queued(thread.id()),
                                new StepDetails.ToolCalls(
                                        List.of(
                                                new StepDetails.GenericCall(
                                                        "call_1",
                                                        new ToolKind("painter"),
                                                        Map.of(),
                                                        "{}",
                                                        new ToolOutput.Result(
                                                                Map.of(),
                                                                "",
                                                                List.of(),
                                                                List.of("file-2"))))),
                                Samples.NOW.getEpochSecond())
                        .completed(Samples.NOW.getEpochSecond(), Usage.NONE);
        query(
                """
                insert into run_steps (id, project_id, thread_id, run_id, seq, type, open, spent, document)
                values ($1, $2, $3, 'run_1', 99, 'tool_calls', false, '{}', $4::text::json)
                """,
                step.id(),
                PROJECT,
                thread.id(),
                Json.compact(step));

        assertThat(await(pictures.of(PROJECT, thread.id())))
                .containsExactly(stored("file-1"), stored("file-2"));
    }

    @Test
    void aThreadOfAnotherProjectHasNone() {
        after(file("file-1"));

        assertThat(await(pictures.of("proj_other", thread.id()))).isEmpty();
    }
}
