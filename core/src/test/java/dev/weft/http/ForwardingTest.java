package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.net.AddressRanges;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingTest {
    private static final Forwarding FORWARDING =
            new Forwarding(AddressRanges.of(List.of("10.0.0.0/8", "2001:db8:cafe::/48")));
    private static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 40_000);
    private static final int ROUNDS = 50_000;

    private static HttpRequest request(InetSocketAddress peer, String... fields) {
        Headers headers = Headers.of(fields).with("Host", "inner:8080");
        return new HttpRequest("GET", "/", "/", Map.of(), headers, Bytes.EMPTY, peer, false);
    }

    private static HttpRequest resolved(String... fields) {
        return FORWARDING.resolve(request(PROXY, fields));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                          | 203.0.113.9 | 0",
                "203.0.113.9, 10.0.0.2                | 203.0.113.9 | 0",
                "203.0.113.9,10.0.0.2 ,\t10.0.0.3     | 203.0.113.9 | 0",
                "6.6.6.6, 203.0.113.9, 10.0.0.2       | 203.0.113.9 | 0", // what the client made up
                "10.0.0.9, 203.0.113.9                | 203.0.113.9 | 0", // made up: a proxy beyond the client
                "10.0.0.3, 10.0.0.2                   | 10.0.0.3    | 0", // a client among the proxies
                "203.0.113.9:5555                     | 203.0.113.9 | 5555",
                "[2001:db8::9]:5555                   | 2001:db8::9 | 5555",
                "[2001:db8::9]                        | 2001:db8::9 | 0",
                "2001:db8::9                          | 2001:db8::9 | 0",
                "2001:db8::9, 2001:db8:cafe::1        | 2001:db8::9 | 0",
                "203.0.113.9, unknown                 | 10.0.0.1    | 40000",
                "203.0.113.9, _hidden, 10.0.0.2       | 10.0.0.2    | 0",
                "203.0.113.9,                         | 10.0.0.1    | 40000",
                "''                                   | 10.0.0.1    | 40000",
                "localhost                            | 10.0.0.1    | 40000",
                "203.0.113.9:                         | 10.0.0.1    | 40000",
                "203.0.113.9:65536                    | 10.0.0.1    | 40000",
                "203.0.113.9:80:80                    | 10.0.0.1    | 40000",
                "[203.0.113.9]                        | 10.0.0.1    | 40000",
                "[2001:db8::9                         | 10.0.0.1    | 40000",
                "[2001:db8::9]x                       | 10.0.0.1    | 40000",
                "203.0.113.256                        | 10.0.0.1    | 40000",
                "203.0.113                            | 10.0.0.1    | 40000",
            })
    void clientIsTheFirstAddressFromTheRightThatIsNoTrustedProxy(String field, String host, int port) {
        assertThat(resolved("X-Forwarded-For", field).remoteAddress()).isEqualTo(new InetSocketAddress(host, port));
    }

    @Test
    void severalFieldsAreOneList() {
        HttpRequest request = resolved("X-Forwarded-For", "6.6.6.6, 203.0.113.9", "X-Forwarded-For", "10.0.0.2");

        assertThat(request.remoteAddress()).isEqualTo(new InetSocketAddress("203.0.113.9", 0));
    }

    @Test
    void nothingIsReadFromAPeerThatIsNoTrustedProxy() {
        HttpRequest request = request(
                new InetSocketAddress("203.0.113.1", 1),
                "X-Forwarded-For",
                "10.0.0.5",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example");

        assertThat(FORWARDING.resolve(request)).isSameAs(request);
    }

    @Test
    void theStandardsFieldIsNotRead() {
        assertThat(resolved("Forwarded", "for=203.0.113.9;proto=https").remoteAddress())
                .isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9           | https        | true",
                "203.0.113.9           | HTTPS        | true",
                "203.0.113.9           | wss          | true",
                "203.0.113.9           | http         | false",
                "203.0.113.9           | gopher       | false",
                "203.0.113.9           | https, http  | false", // the client made up the first
                "203.0.113.9, 10.0.0.2 | https, http  | true", // TLS ended at the outer proxy
                "203.0.113.9, 10.0.0.2 | https        | true",
                "203.0.113.9, 10.0.0.2 | x, http, https | false",
            })
    void schemeIsWhatTheOutermostTrustedProxySaw(String clients, String proto, boolean secure) {
        assertThat(resolved("X-Forwarded-For", clients, "X-Forwarded-Proto", proto)
                        .secure())
                .isEqualTo(secure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org            | example.org",
                "example.org:8443       | example.org:8443",
                "evil.org, example.org  | example.org",
                "exa mple.org           | inner:8080",
                "''                     | inner:8080",
            })
    void forwardedHostTakesThePlaceOfHost(String forwarded, String host) {
        assertThat(resolved("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Host", forwarded)
                        .headers()
                        .all("Host"))
                .containsExactly(host);
    }

    @Test
    void longListsTakeLinearTime() {
        String list = "10.0.0.2,".repeat(1_000_000) + "10.0.0.2";

        assertTimeout(Duration.ofSeconds(10), () -> resolved("X-Forwarded-For", list, "X-Forwarded-Proto", list));
    }

    @Test
    void anyTextEndsInAnAddress() {
        Random random = new Random(3);
        String alphabet = "0123456789abcdef.:[], \t-_%x";
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "203.0.113.9, 10.0.0.2" : "");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            HttpRequest request = resolved("X-Forwarded-For", text.toString(), "X-Forwarded-Host", text.toString());

            assertThat(request.remoteAddress().isUnresolved()).isFalse();
        }
    }
}
