package dev.threadwell.persistence.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.thread.ConversationStore.Excerpt;
import dev.threadwell.persistence.thread.ConversationStore.Reach;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only the part of a thread that a model may be shown is read, however long the thread is. */
@Tag("server")
class ConversationStoreTest {

    private static final int LENGTH = 10_000;

    private final Stores stores = new Stores();
    private final ThreadObject thread = Samples.thread();

    @BeforeEach
    void aLongThread() {
        List<Message> messages =
                IntStream.range(0, LENGTH)
                        .mapToObj(i -> Samples.question(thread.id(), "No. " + i))
                        .toList();
        Stores.await(stores.threads.create(Stores.PROJECT, thread, messages));
    }

    private Excerpt read(int entries, long bytes, boolean beginning) {
        return Stores.await(
                stores.conversation.newest(thread.id(), new Reach(entries, bytes, beginning)));
    }

    private static List<String> texts(Excerpt excerpt) {
        return excerpt.entries().stream()
                .map(e -> ((ConversationStore.Entry.Said) e).message().content().getFirst())
                .map(content -> ((MessageContent.Text) content).text().value())
                .toList();
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "No. " + i).toList();
    }

    @Test
    void theNewestAreReadOldestFirst() {
        assertThat(texts(read(3, Long.MAX_VALUE, false)))
                .containsExactlyElementsOf(numbered(LENGTH - 3, LENGTH));
        assertThat(texts(read(250, Long.MAX_VALUE, false)))
                .containsExactlyElementsOf(numbered(LENGTH - 250, LENGTH));
    }

    @Test
    void theBeginningIsReadToo() {
        assertThat(texts(read(2, Long.MAX_VALUE, true)))
                .containsExactly("No. 0", "No. 1", "No. 2", "No. 3", "No. 9998", "No. 9999");
    }

    @Test
    void readingEndsBehindTheBytesThatMayBeRead() {
        long one = read(1, Long.MAX_VALUE, false).bytes();
        assertThat(texts(read(1_000, 1, false))).containsExactly("No. 9999");
        assertThat(texts(read(1_000, one + 1, false))).containsExactly("No. 9998", "No. 9999");
        assertThat(read(1_000, 150 * one, false).entries()).hasSize(150);
        assertThat(read(1_000, 50 * one, false).bytes()).isEqualTo(50 * one);
    }

    @Test
    void aThreadThatIsReadToItsBeginningHasItOnce() {
        assertThat(texts(read(2 * LENGTH, Long.MAX_VALUE, true)))
                .containsExactlyElementsOf(numbered(0, LENGTH));
    }

    @Test
    void whatIsSmallIsReadInFullAndWhatIsNotIsNotLoaded() {
        Reach reach = new Reach(5, Long.MAX_VALUE, true);
        Excerpt all = Stores.await(stores.conversation.newest(thread.id(), reach));

        assertThat(Stores.await(stores.conversation.newestIfSmall(thread.id(), reach, all.bytes())))
                .isEqualTo(all);
        assertThat(
                        Stores.await(
                                stores.conversation.newestIfSmall(
                                        thread.id(), reach, all.bytes() - 1)))
                .isNull();
        assertThat(Stores.await(stores.conversation.newestIfSmall(thread.id(), reach, 1))).isNull();
    }
}
