package dev.threadwell.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The responses and failures of external servers; every request ends in time with a response or a
 * reason.
 */
class EgressTest extends OutThere {

    @Test
    void anAnswerComesWithItsStatusHeadersAndBody() {
        serve(
                r ->
                        r.response()
                                .setStatusCode(418)
                                .putHeader("x-pot", "short")
                                .end(r.uri() + " for " + r.getHeader("host")));
        EgressAnswer answer = ask(get("site.test.", "/tea?milk=no"));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("X-Pot")).isEqualTo("short");
        assertThat(answer.text()).isEqualTo("/tea?milk=no for site.test:" + port());
    }

    @Test
    void aServerThatSaysNothingTimesOut() {
        serve(r -> {});
        assertThat(reason(EgressRequest.get(at("site.test", "/"), Duration.ofMillis(200), 100)))
                .isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aBodyThatDripsTimesOut() {
        serve(
                r -> {
                    HttpServerResponse response = r.response().setChunked(true);
                    long timer = vertx.setPeriodic(20, _ -> response.write("."));
                    response.closeHandler(_ -> vertx.cancelTimer(timer));
                });
        assertThat(reason(EgressRequest.get(at("site.test", "/"), Duration.ofMillis(300), 10_000)))
                .isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aNameThatIsNeverFoundTimesOut() {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        egress = egress(_ -> found.join());
        URI url = URI.create("https://slow.test/");
        assertThat(reason(EgressRequest.get(url, Duration.ofMillis(200), 100)))
                .isEqualTo(Reason.TIMED_OUT);
        found.complete(List.of(HERE));
    }

    @Test
    void aRequestThatNobodyWaitsForIsBrokenOff() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> left = new CompletableFuture<>();
        serve(
                r -> {
                    r.connection().closeHandler(_ -> left.complete(null));
                    asked.complete(null);
                });
        Cancellable waiting = egress.send(get("site.test", "/")).subscribe().with(_ -> {});
        assertThat(asked).succeedsWithin(LONG);
        assertThat(left).isNotDone();

        waiting.cancel();

        assertThat(left).succeedsWithin(LONG);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        serve(
                r -> {
                    HttpServerResponse response = r.response().setChunked(true);
                    pour(response);
                });
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.TOO_LARGE);
    }

    private static void pour(HttpServerResponse response) {
        if (!response.closed()) {
            response.write("x".repeat(50_000)).onSuccess(_ -> pour(response));
        }
    }

    @Test
    void aCompressedBodyIsNotUnpacked() {
        serve(r -> r.response().putHeader("content-encoding", "gzip").end("anything"));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void noMoreIsReadThanWhatIsEnough() {
        serve(r -> r.response().setChunked(true).write("data: 1\n\n"));
        EgressRequest request =
                get("site.test", "/").until(body -> body.toString().endsWith("\n\n"));
        assertThat(ask(request).text()).isEqualTo("data: 1\n\n");
    }

    @Test
    void aServerThatHangsUpIsBroken() {
        serve(r -> r.connection().close());
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
    }
}
