package dev.threadwell.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.routes.Endpoint;
import dev.threadwell.api.routes.PostEffect;
import dev.threadwell.api.routes.Resources;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.routes.RouteTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a POST brings about, a repetition of it finds it, or does it again without harm. */
class IdempotentTargetTest {

    private static final RouteTable TABLE = new RouteTable(Resources.ALL);

    private static IdempotentTarget outcome(String path) {
        IdempotentTarget outcome = IdempotentTarget.of(TABLE.find("POST", path), path);
        if (outcome == null) {
            throw new AssertionError("nothing to be seen of a POST to " + path);
        }
        return outcome;
    }

    @TestFactory
    Stream<DynamicTest> theOutcomeOfEveryPostIsShownByAGetOrHarmless() {
        return TABLE.endpoints().stream()
                .filter(endpoint -> endpoint.method().equals("POST"))
                .map(
                        post ->
                                DynamicTest.dynamicTest(
                                        post.template(),
                                        () -> assertThat(isCovered(post)).isTrue()));
    }

    private static boolean isCovered(Endpoint post) {
        String path = post.template().replaceAll("\\{[^}]*\\}", "x_1");
        Route route = TABLE.find("POST", path);
        IdempotentTarget outcome = IdempotentTarget.of(route, path);
        return outcome == null
                ? route.effect() instanceof PostEffect.Harmless
                : TABLE.has("GET", outcome.path());
    }

    @Test
    void anObjectIsSeenBelowThePathThatMakesIt() {
        IdempotentTarget outcome = outcome("/v1/threads/thread_1/messages/");
        assertThat(outcome.path()).startsWith("/v1/threads/thread_1/messages/msg_");
        assertThat(outcome.id()).startsWith("msg_");
        assertThat(outcome.made()).isTrue();
    }

    @Test
    void aRunThatIsMadeWithItsThreadIsSeenInIt() {
        IdempotentTarget outcome = outcome("/v1/threads/runs");
        assertThat(outcome.path()).matches("/v1/threads/thread_[^/]+/runs/run_[^/]+");
        assertThat(outcome.events()).isEqualTo(outcome.path() + "/events");
    }

    @Test
    void whatIsChangedIsSeenWhereItIs() {
        IdempotentTarget outcome = outcome("/v1/threads/thread_1/runs/run_1/submit_tool_outputs");
        assertThat(outcome.path()).isEqualTo("/v1/threads/thread_1/runs/run_1");
        assertThat(outcome.made()).isFalse();
    }

    @Test
    void aSecondTryLooksWhereTheFirstSaidItWouldBe() {
        IdempotentTarget second = outcome("/v1/threads").at("/v1/threads/thread_first");
        assertThat(second.path()).isEqualTo("/v1/threads/thread_first");
        assertThat(second.id()).isEqualTo("thread_first");
    }
}
