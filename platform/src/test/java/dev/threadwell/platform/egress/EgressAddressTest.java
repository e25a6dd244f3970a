package dev.threadwell.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections go to a checked address only, however the URL or the resolver tries to deceive
 * (SSRF).
 */
@Tag("server")
class EgressAddressTest extends OutThere {

    @Test
    void aNameIsLookedUpOnceThoughItsNextAnswerWouldBeAnother() {
        AtomicReference<InetAddress> next = new AtomicReference<>(HERE);
        egress =
                egress(
                        _ -> List.of(next.getAndSet(InetAddress.ofLiteral("10.0.0.1"))),
                        "127.0.0.1");
        serve(r -> r.response().end("pinned"));
        assertThat(ask(get("rebinding.test", "/")).text()).isEqualTo("pinned");
        assertThat(lookups).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::ffff:127.0.0.1]",
                "[::1]",
                "[::]",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "0.0.0.0",
                "0",
                "localhost",
                "localhost.",
                "LOCALHOST"
            })
    void thisMachineIsNotReachedHoweverItIsWritten(String host) {
        AtomicInteger asked = new AtomicInteger();
        egress = egress(Resolver.ofSystem());
        serve(
                r -> {
                    asked.incrementAndGet();
                    r.response().end();
                });
        assertThat(reason(get(host, "/"))).isIn(Reason.REFUSED, Reason.UNREACHABLE);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@site.test", "user:word@site.test", "127.0.0.1#@site.test"})
    void whatStandsBeforeAnAtDeceivesNobody(String authority) {
        serve(r -> r.response().end());
        assertThat(reason(get(authority, "/"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aCertificateIsCheckedByTheNameAlthoughTheAddressIsPinned(@TempDir Path directory)
            throws Exception {
        Path store = directory.resolve("site.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=site.test",
                                "-ext",
                                "san=dns:site.test",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        PfxOptions keys = new PfxOptions().setPath(store.toString()).setPassword("changeit");
        serve(
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(keys),
                r -> r.response().end(r.connection().indicatedServerName()));
        egress =
                egress(
                        _ -> List.of(HERE),
                        new HttpClientOptions().setTrustOptions(keys),
                        "site.test",
                        "other.test");
        assertThat(ask(secure("site.test")).text()).isEqualTo("site.test");
        assertThat(reason(secure("other.test"))).isEqualTo(Reason.UNREACHABLE);
    }

    private EgressRequest secure(String host) {
        URI url = URI.create("https://" + host + ":" + port() + "/");
        return EgressRequest.get(url, LONG, 100);
    }
}
