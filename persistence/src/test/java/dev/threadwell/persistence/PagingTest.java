package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.Samples;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.ApiException;
import dev.threadwell.wire.Page;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of messages that were all created in the same second. */
@Tag("server")
class PagingTest {

    private final Stores stores = new Stores();
    private final ThreadObject thread = Samples.thread();
    private final List<Message> all =
            await(
                    stores.threads
                            .create(
                                    PROJECT,
                                    thread,
                                    IntStream.rangeClosed(1, 7)
                                            .mapToObj(n -> Samples.question(thread.id(), "" + n))
                                            .toList())
                            .chain(() -> stores.newest(thread.id(), 100)));

    private Page<Message> page(
            int limit, boolean ascending, @Nullable Integer after, @Nullable Integer before) {
        return await(
                stores.messages.list(
                        PROJECT,
                        thread.id(),
                        new ListQuery(limit, ascending, id(after), id(before))));
    }

    private @Nullable String id(@Nullable Integer n) {
        return n == null ? null : all.get(n - 1).id();
    }

    private List<Integer> numbers(Page<Message> page) {
        return page.data().stream().map(m -> all.indexOf(m) + 1).toList();
    }

    @Test
    void theNewestComeFirstUnlessAskedOtherwise() {
        assertThat(numbers(page(3, false, null, null))).containsExactly(7, 6, 5);
        assertThat(numbers(page(3, true, null, null))).containsExactly(1, 2, 3);
    }

    @Test
    void afterGoesOnInTheListsOrder() {
        assertThat(numbers(page(3, false, 5, null))).containsExactly(4, 3, 2);
        assertThat(numbers(page(3, true, 3, null))).containsExactly(4, 5, 6);
        assertThat(numbers(page(3, true, 7, null))).isEmpty();
    }

    @Test
    void beforeGivesTheItemsJustInFrontInTheListsOrder() {
        assertThat(numbers(page(2, true, null, 6))).containsExactly(4, 5);
        assertThat(numbers(page(2, false, null, 2))).containsExactly(4, 3);
    }

    @Test
    void afterAndBeforeTogetherGiveWhatIsBetween() {
        assertThat(numbers(page(9, true, 2, 6))).containsExactly(3, 4, 5);
        assertThat(numbers(page(9, false, 6, 2))).containsExactly(5, 4, 3);
        assertThat(numbers(page(2, true, 2, 6))).containsExactly(3, 4);
    }

    @Test
    void hasMoreSpeaksOfTheDirectionOfTravel() {
        assertThat(page(3, true, 4, null).hasMore()).isFalse();
        assertThat(page(2, true, 4, null).hasMore()).isTrue();
        assertThat(page(2, true, null, 3).hasMore()).isFalse();
        assertThat(page(2, true, null, 4).hasMore()).isTrue();
    }

    @Test
    void aPageNamesItsEndsAndAnEmptyOneNone() {
        Page<Message> page = page(2, true, 3, null);
        assertThat(page.firstId()).isEqualTo(id(4));
        assertThat(page.lastId()).isEqualTo(id(5));
        assertThat(page(2, true, 7, null))
                .isEqualTo(new Page<>("list", List.of(), null, null, false));
    }

    @Test
    void aCursorThatDoesNotExistIsNotFound() {
        ListQuery query = new ListQuery(2, true, "msg_gone", null);
        assertThatThrownBy(() -> await(stores.messages.list(PROJECT, thread.id(), query)))
                .isInstanceOf(ApiException.class)
                .hasMessage("No message found with id 'msg_gone'.");
    }

    @Test
    void theMessagesOfARunAreItsOwn() {
        RunRow row = stores.queuedOn(thread.id());
        ListQuery query = new ListQuery(20, true, null, null);
        assertThat(
                        await(
                                        stores.messages.listOfRun(
                                                PROJECT, thread.id(), row.run().id(), query))
                                .data())
                .isEmpty();
    }
}
