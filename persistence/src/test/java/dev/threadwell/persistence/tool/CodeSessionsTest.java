package dev.threadwell.persistence.tool;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.tool.CodeSessions.Standing.AFTER_ANOTHER;
import static dev.threadwell.persistence.tool.CodeSessions.Standing.CONTINUED;
import static dev.threadwell.persistence.tool.CodeSessions.Standing.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.tool.CodeSessions.Standing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The relation of a code interpreter session to the earlier ones of its thread. */
@Tag("server")
class CodeSessionsTest {

    private final Stores stores = new Stores();
    private final CodeSessions sessions = new CodeSessions(Stores.POOL);
    private final String thread = stores.thread().id();

    private Standing claim(String session, String call) {
        return await(sessions.claim(PROJECT, thread, session, call));
    }

    @Test
    void theFirstSessionOfAThreadIsTheFirst() {
        assertThat(claim("s1", "c1")).isEqualTo(FIRST);
    }

    @Test
    void aSessionThatIsUsedAgainIsContinued() {
        claim("s1", "c1");

        assertThat(claim("s1", "c2")).isEqualTo(CONTINUED);
    }

    @Test
    void aSessionInPlaceOfAnotherComesAfterIt() {
        claim("s1", "c1");

        assertThat(claim("s2", "c2")).isEqualTo(AFTER_ANOTHER);
    }

    @Test
    void aSessionThatWasReplacedMeanwhileIsNoContinuation() {
        claim("s1", "c1");
        claim("s2", "c2");

        assertThat(claim("s1", "c3")).isEqualTo(AFTER_ANOTHER);
    }

    @Test
    void theFirstCallIsStillTheFirstWhenItIsDeliveredAgain() {
        claim("s1", "c1");

        assertThat(claim("s2", "c1")).isEqualTo(FIRST);
    }

    @Test
    void aLaterCallIsNotTheFirstWhenItIsDeliveredAgain() {
        claim("s1", "c1");
        claim("s2", "c2");

        assertThat(claim("s3", "c2")).isEqualTo(AFTER_ANOTHER);
    }

    @Test
    void nothingIsKeptOfAThreadOfAnotherProject() {
        await(sessions.claim("proj_other", thread, "s1", "c1"));

        assertThat(claim("s2", "c2")).isEqualTo(FIRST);
    }

    @Test
    void nothingIsLeftOfAThreadThatIsDeleted() {
        claim("s1", "c1");

        await(stores.deletion.delete(PROJECT, thread));

        assertThat(number("select count(*) from code_sessions where thread_id = $1", thread))
                .isZero();
    }
}
