package dev.threadwell.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that redirect. */
class EgressRedirectionTest extends OutThere {

    private static void redirect(HttpServerRequest request, int status, String location) {
        request.response().setStatusCode(status).putHeader("location", location).end();
    }

    @Test
    void aNameThatWasPublicIsJudgedAnewAfterARedirection() {
        AtomicReference<InetAddress> next = new AtomicReference<>(HERE);
        egress =
                egress(
                        _ -> List.of(next.getAndSet(InetAddress.ofLiteral("10.0.0.1"))),
                        "127.0.0.1");
        serve(r -> redirect(r, 302, "/again"));
        assertThat(reason(get("rebinding.test", "/"))).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://other.test/",
                "http://user@site.test/",
                "file:///etc/passwd",
                "//[::1]/"
            })
    void aRedirectionLeadsNowhereThatIsClosed(String location) {
        serve(r -> redirect(r, 302, location));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aRedirectionIsFollowed() {
        serve(
                r -> {
                    if (r.path().equals("/there")) {
                        r.response().end("arrived");
                    } else {
                        redirect(r, 301, "there");
                    }
                });
        assertThat(ask(get("site.test", "/here")).text()).isEqualTo("arrived");
    }

    @Test
    void aRedirectionIsTheAnswerWhenItIsNotToBeFollowed() {
        serve(r -> redirect(r, 302, "/there"));
        EgressAnswer answer = ask(get("site.test", "/here").withoutRedirects());
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location")).isEqualTo("/there");
    }

    @Test
    void endlessRedirectionsEnd() {
        AtomicInteger asked = new AtomicInteger();
        serve(r -> redirect(r, 302, "/" + asked.incrementAndGet()));
        assertThat(reason(get("site.test", "/"))).isEqualTo(Reason.BROKEN);
        assertThat(asked).hasValue(6);
    }

    @Test
    void headersDoNotGoAlongToAnotherHost() {
        egress = egress(_ -> List.of(HERE), "site.test", "other.test");
        serve(
                r -> {
                    if (r.getHeader("host").startsWith("other")) {
                        r.response().end("got " + r.getHeader("authorization"));
                    } else {
                        redirect(r, 302, at("other.test", "/").toString());
                    }
                });
        EgressRequest secret = get("site.test", "/");
        EgressRequest request =
                new EgressRequest(
                        "GET",
                        secret.url(),
                        Map.of("authorization", "Bearer tide"),
                        null,
                        LONG,
                        1000,
                        _ -> false);
        assertThat(ask(request).text()).isEqualTo("got null");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void whatIsSentIsNotSentOnToAnotherHost(int status) {
        egress = egress(_ -> List.of(HERE), "site.test", "other.test");
        AtomicInteger other = new AtomicInteger();
        serve(
                r -> {
                    if (r.getHeader("host").startsWith("other")) {
                        other.incrementAndGet();
                    }
                    redirect(r, status, at("other.test", "/").toString());
                });
        EgressRequest request =
                EgressRequest.post(at("site.test", "/"), Map.of(), new byte[] {1}, LONG, 1000);
        assertThat(ask(request).status()).isEqualTo(status);
        assertThat(other).hasValue(0);
    }

    @Test
    void whatIsSentMayBeSentOnWithinTheSameHost() {
        serve(
                r -> {
                    if (r.path().equals("/mcp/")) {
                        r.body().onSuccess(body -> r.response().end(body));
                    } else {
                        redirect(r, 307, "/mcp/");
                    }
                });
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(
                        ask(EgressRequest.post(at("site.test", "/mcp"), Map.of(), body, LONG, 100))
                                .text())
                .isEqualTo("{}");
    }
}
