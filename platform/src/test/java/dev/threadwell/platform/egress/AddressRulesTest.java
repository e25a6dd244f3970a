package dev.threadwell.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only public addresses and those that the installation allows can be reached. */
class AddressRulesTest {

    private static final AddressRules STRICT = rules();

    private static AddressRules rules(String... allowed) {
        return new AddressRules(List.of(allowed), false, Set.of(443));
    }

    private static List<InetAddress> at(String... addresses) {
        return Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    }

    private static URI url(String url) {
        return URI.create(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThat(STRICT.refusal(url("https://inside.test/"), at(address))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "::ffff:1.1.1.1",
                "2606:4700::1111",
                "2a00:1450:4001::200e"
            })
    void whatIsPublicMayBeReached(String address) {
        assertThat(STRICT.refusal(url("https://outside.test/"), at(address))).isNull();
    }

    @Test
    void oneClosedAddressAmongPublicOnesIsEnough() {
        assertThat(STRICT.refusal(url("https://both.test/"), at("1.1.1.1", "10.0.0.1")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://outside.test/",
                "https://outside.test:22/",
                "https://outside.test:0/",
                "https://outside.test:70000/",
                "https://user@outside.test/",
                "https://user:word@outside.test/",
                "https://outside.test@inside.test/",
                "https://@outside.test/",
                "ftp://outside.test/",
                "file:///etc/passwd",
                "gopher://outside.test/",
                "//outside.test/",
                "https:///nowhere",
                "https://under_score.test/",
                "https:outside.test"
            })
    void onlyPlainSecureUrlsAreAskedFor(String url) {
        assertThat(STRICT.refusal(url(url), at("1.1.1.1"))).isNotNull();
    }

    @Test
    void plainHttpCanBeAllowed() {
        AddressRules open = new AddressRules(List.of(), true, Set.of(80));
        assertThat(open.refusal(url("http://outside.test/"), at("1.1.1.1"))).isNull();
    }

    @Test
    void anAllowedHostIsReachedWhereverItIs() {
        AddressRules rules = rules("Inside.test", "*.cluster.local");
        assertThat(rules.refusal(url("http://inside.TEST.:9000/"), at("10.0.0.1"))).isNull();
        assertThat(rules.refusal(url("http://a.b.cluster.local/"), at("10.0.0.1"))).isNull();
    }

    @Test
    void whatOnlyLooksLikeAnAllowedHostIsRefused() {
        AddressRules rules = rules("inside.test", "*.cluster.local");
        assertThat(rules.refusal(url("http://not-inside.test/"), at("10.0.0.1"))).isNotNull();
        assertThat(rules.refusal(url("http://inside.test.evil/"), at("10.0.0.1"))).isNotNull();
        assertThat(rules.refusal(url("http://cluster.local/"), at("10.0.0.1"))).isNotNull();
        assertThat(rules.refusal(url("http://xcluster.local/"), at("10.0.0.1"))).isNotNull();
    }

    @Test
    void anAllowedBlockIsReachedUnderAnyName() {
        AddressRules rules = rules("10.20.0.0/16", "fd12::/16");
        assertThat(rules.refusal(url("http://any.test:81/"), at("10.20.255.1"))).isNull();
        assertThat(rules.refusal(url("http://any.test:81/"), at("::ffff:10.20.0.1"))).isNull();
        assertThat(rules.refusal(url("http://any.test:81/"), at("fd12::1"))).isNull();
    }

    @Test
    void anAllowedBlockOpensNoOther() {
        AddressRules rules = rules("10.20.0.0/16");
        assertThat(rules.refusal(url("https://any.test/"), at("10.21.0.1"))).isNotNull();
        assertThat(rules.refusal(url("https://any.test/"), at("10.20.0.1", "10.21.0.1")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "::/129", "1.2.3.4.5", "fd00::1::2"})
    void aBlockThatIsNoneIsSaidAtTheStart(String block) {
        assertThatThrownBy(() -> rules(block)).isInstanceOf(IllegalArgumentException.class);
    }
}
