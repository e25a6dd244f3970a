package dev.threadwell.persistence.thread;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.thread.MessageStore.Addition;
import dev.threadwell.thread.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many messages a thread can have. */
@Tag("server")
class MessageStoreTest {

    private final Stores stores = new Stores();
    private final String thread = stores.thread().id();

    @BeforeEach
    void theThreadHasAllMessagesThatItCanHave() {
        query(
                "insert into messages (id, project_id, thread_id, seq, role, run_id, document)"
                        + " select id || '_' || n, project_id, thread_id, seq + n, role, null,"
                        + " '{}'::json from messages, generate_series(1, 99999) as n"
                        + " where thread_id = $1",
                thread);
        query("update threads set seq = 100000 where id = $1", thread);
    }

    private Addition added() {
        Message message = Samples.question(thread, "And on Sunday?");
        return await(stores.messages.add(PROJECT, message));
    }

    @Test
    void aThreadTakesNoMessageBeyondTheLimit() {
        assertThat(added()).isEqualTo(new Addition.Full());
    }

    @Test
    void aDeletedMessageMakesRoomForAnother() {
        query(
                "delete from messages where seq = (select max(seq) from messages where thread_id = $1)"
                        + " and thread_id = $1",
                thread);
        assertThat(added()).isInstanceOf(Addition.Added.class);
    }
}
