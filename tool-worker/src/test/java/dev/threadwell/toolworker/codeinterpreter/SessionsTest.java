package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which sessions are kept, and for how long. */
class SessionsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FakeSandbox sandbox = new FakeSandbox();
    private @Nullable Sessions sessions;

    @AfterEach
    void close() {
        if (sessions != null) {
            sessions.close();
        }
    }

    private Sessions sessions(String... settings) {
        sessions = new Sessions(sandbox, CodeSandboxes.config(settings));
        return sessions;
    }

    private static ThreadSession used(Sessions sessions, String thread) throws IOException {
        ThreadSession kept = sessions.take(thread, PATIENCE);
        sessions.release(kept);
        return kept;
    }

    @Test
    void aThreadGetsItsOwnSessionAgain() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0");

        assertThat(used(sessions, "a"))
                .isSameAs(used(sessions, "a"))
                .isNotSameAs(used(sessions, "b"));
    }

    @Test
    void theOneThatHasBeenIdleLongestMakesRoom() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0", "sessions", "2");
        ThreadSession a = used(sessions, "a");
        ThreadSession b = used(sessions, "b");
        used(sessions, "a");

        used(sessions, "c");

        assertThat(b.session().isAlive()).isFalse();
        assertThat(a.session().isAlive()).isTrue();
    }

    @Test
    void noneMakesRoomWhileItExecutes() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0", "sessions", "1");
        ThreadSession a = sessions.take("a", PATIENCE);

        assertThatThrownBy(() -> sessions.take("b", Duration.ofMillis(50)))
                .isInstanceOf(Sessions.AllBusy.class);
        assertThat(a.session().isAlive()).isTrue();
    }

    @Test
    void whoFindsAllBusyWaitsForAPlace() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0", "sessions", "1");
        ThreadSession a = sessions.take("a", PATIENCE);
        CompletableFuture<ThreadSession> waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return sessions.take("b", PATIENCE);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });

        sessions.release(a);

        assertThat(waiting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().threadId())
                .isEqualTo("b");
        assertThat(a.session().isAlive()).isFalse();
    }

    @Test
    void aDeadSessionIsReplaced() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0");
        ThreadSession dead = used(sessions, "a");
        dead.session().close();

        assertThat(used(sessions, "a")).isNotSameAs(dead);
    }

    @Test
    void anIdleSessionEnds() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0", "idle", "50ms");
        ThreadSession a = used(sessions, "a");

        await().atMost(PATIENCE).until(() -> !a.session().isAlive());
    }

    @Test
    void aSessionThatExecutesIsNotIdle() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0", "idle", "20ms");
        ThreadSession a = sessions.take("a", PATIENCE);
        ThreadSession b = used(sessions, "b");

        await().atMost(PATIENCE).until(() -> !b.session().isAlive());

        assertThat(a.session().isAlive()).isTrue();
    }

    @Test
    void aSessionThatWaitsIsTakenAndAnotherMadeReady() throws IOException {
        Sessions sessions = sessions("warm-sessions", "1");
        sessions.warmUp();
        await().atMost(PATIENCE).until(() -> sessions.warm() == 1);
        FakeSandbox.FakeSession waiting = sandbox.opened.getFirst();

        assertThat(used(sessions, "a").session()).isSameAs(waiting);

        await().atMost(PATIENCE).until(() -> sessions.warm() == 1);
        assertThat(sandbox.opened).hasSize(2);
    }

    @Test
    void whatWentToAnotherWorkerEnds() throws IOException {
        Sessions sessions = sessions("warm-sessions", "0");
        ThreadSession a = used(sessions, "a");
        ThreadSession b = sessions.take("b", PATIENCE);

        sessions.keepOnly("a"::equals);

        assertThat(a.session().isAlive()).isTrue();
        assertThat(b.session().isAlive()).isFalse();
    }

    @Test
    void allEndWithTheWorker() throws IOException {
        Sessions sessions = sessions("warm-sessions", "1");
        used(sessions, "a");
        await().atMost(PATIENCE).until(() -> sessions.warm() == 1);

        sessions.close();

        assertThat(sandbox.opened).isNotEmpty().noneMatch(FakeSandbox.FakeSession::isAlive);
    }
}
