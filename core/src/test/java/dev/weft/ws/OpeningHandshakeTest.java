package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static HttpRequest request(String method, Headers headers) {
        InetSocketAddress address = InetSocketAddress.createUnresolved("client.example", 4711);
        return new HttpRequest(method, "/chat", "/chat", Map.of(), headers, Bytes.EMPTY, address, false);
    }

    /** Returns the headers of a good handshake, the named ones replaced by the values given; none removes the header. */
    private static Headers headers(String changed, String... values) {
        Map<String, String> good = Map.of(
                "Host", "example.com",
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", KEY);
        List<String> fields = new ArrayList<>();
        good.forEach((name, value) -> {
            if (!name.equals(changed)) {
                fields.addAll(List.of(name, value));
            }
        });
        Arrays.stream(values).forEach(value -> fields.addAll(List.of(changed, value)));
        return Headers.of(fields.toArray(String[]::new));
    }

    private static OpeningHandshake.Result accept(Headers headers, String... subprotocols) {
        return OpeningHandshake.accept(request("GET", headers), List.of(subprotocols), null);
    }

    private static OpeningHandshake.Accepted accepted(OpeningHandshake.Result result) {
        assertThat(result).isInstanceOf(OpeningHandshake.Accepted.class);
        return (OpeningHandshake.Accepted) result;
    }

    private static void refused(OpeningHandshake.Result result, int status, String sentence) {
        assertThat(result).isInstanceOf(OpeningHandshake.Refused.class);
        HttpResponse response = ((OpeningHandshake.Refused) result).response();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().first("Connection")).isEqualTo("close");
        assertThat(response.headers().first("Content-Type")).startsWith("text/plain");
        assertThat(response.body().utf8()).contains(sentence).hasSizeLessThan(200);
        if (status == 426) {
            assertThat(response.headers().first("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(response.headers().first("Upgrade")).isEqualTo("websocket");
            assertThat(response.headers().all("Connection")).containsExactly("close", "Upgrade");
        }
    }

    @Nested
    class Section422Answer {
        @Test
        void answersTheExampleOfTheRfc() {
            OpeningHandshake.Accepted accepted = accepted(accept(headers("")));
            assertThat(accepted.subprotocol()).isNull();
            assertThat(accepted.response().utf8())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                            + "\r\n");
        }

        @Test
        void derivesTheAcceptValueFromTheKey() {
            assertThat(accepted(accept(headers("Sec-WebSocket-Key", "x3JJHMbDL1EzLkh9GBhXDw==")))
                            .response()
                            .utf8())
                    .contains("\r\nSec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\r\n");
        }
    }

    @Nested
    class Section421Request {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Upgrade | WebSocket",
                    "Upgrade | h2c, websocket",
                    "Upgrade | ,WEBSOCKET ,",
                    "Connection | keep-alive, Upgrade",
                    "Connection | keep-alive,\tUPGRADE",
                    "Content-Length | 0",
                })
        void readsTokenListsInAnyCase(String name, String value) {
            accepted(accept(headers(name, value)));
        }

        @Test
        void readsTokenListsThatAreSpreadOverFields() {
            accepted(accept(headers("Connection", "keep-alive", "Upgrade")));
            accepted(accept(headers("Upgrade", "foo", "websocket")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "HEAD", "get", "OPTIONS"})
        void refusesOtherMethodsThanGetWith400(String method) {
            refused(
                    OpeningHandshake.accept(request(method, headers("")), List.of(), null),
                    400,
                    "Expected method GET but it was \"" + method + "\".");
        }

        @Test
        void refusesAMissingOrRepeatedHostWith400() {
            refused(accept(headers("Host")), 400, "Expected one Host header but there were 0.");
            refused(accept(headers("Host", "a", "b")), 400, "there were 2");
        }

        @Test
        void asksForAnUpgradeToWebsocketWith426() {
            refused(
                    accept(headers("Upgrade")),
                    426,
                    "Expected an Upgrade header that names websocket but there was none");
            refused(accept(headers("Upgrade", "h2c")), 426, "but it was \"h2c\"");
            refused(accept(headers("Upgrade", "websockets")), 426, "but it was \"websockets\"");
        }

        @Test
        void refusesAConnectionHeaderWithoutUpgradeWith400() {
            refused(accept(headers("Connection")), 400, "Expected a Connection header that names upgrade");
            refused(accept(headers("Connection", "keep-alive")), 400, "but it was \"keep-alive\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"8", "0", "14", "013", "", "13, 8", "a<script>"})
        void refusesOtherVersionsWith426(String version) {
            refused(accept(headers("Sec-WebSocket-Version", version)), 426, "Expected Sec-WebSocket-Version 13");
        }

        @Test
        void refusesAMissingVersionWith426AndARepeatedOneWith400() {
            refused(accept(headers("Sec-WebSocket-Version")), 426, "there was none");
            refused(accept(headers("Sec-WebSocket-Version", "13", "13")), 400, "there were 2");
        }

        @Test
        void refusesAMissingOrRepeatedKeyWith400() {
            refused(
                    accept(headers("Sec-WebSocket-Key")),
                    400,
                    "Expected one Sec-WebSocket-Key header but there were 0");
            refused(accept(headers("Sec-WebSocket-Key", KEY, KEY)), 400, "there were 2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "dGhlIHNhbXBsZSBub25jZQ",
                    "dGhlIHNhbXBsZSBub25jZQ= ",
                    "dGhlIHNhbXBsZSBub25jZTE=",
                    "dGhlIHNhbXBsZSBub25j",
                    "dGhlIHNhbXBsZSBub25jZTEy",
                    "dGhlIHNhbXBsZSBub25_ZQ==",
                    "========================",
                    "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==",
                })
        void refusesAKeyThatIsNot16BytesInBase64With400(String key) {
            refused(accept(headers("Sec-WebSocket-Key", key)), 400, "Expected 16 bytes in Base64 as Sec-WebSocket-Key");
        }

        @Test
        void refusesARequestWithABodyWith400() {
            refused(accept(headers("Content-Length", "5")), 400, "Expected a request without a body");
            refused(accept(headers("Transfer-Encoding", "chunked")), 400, "Expected a request without a body");
        }

        @Test
        void showsOnlyHarmlessPartsOfWhatCame() {
            OpeningHandshake.Result result =
                    accept(headers("Sec-WebSocket-Key", "<b>\u001b[1m\u00e9" + "x".repeat(9_000)));
            refused(result, 400, "\"?b??[1m?xxx");
        }
    }

    @Nested
    class Subprotocols {
        private static String chosen(Headers headers, String... served) {
            OpeningHandshake.Accepted accepted = accepted(accept(headers, served));
            String line = "\r\nSec-WebSocket-Protocol: " + accepted.subprotocol() + "\r\n";
            assertThat(accepted.response().utf8().contains(line)).isEqualTo(accepted.subprotocol() != null);
            return String.valueOf(accepted.subprotocol());
        }

        @Test
        void choosesTheServersFavouriteAmongThoseOffered() {
            assertThat(chosen(headers("Sec-WebSocket-Protocol", "a, b ,c"), "x", "c", "a"))
                    .isEqualTo("c");
            assertThat(chosen(headers("Sec-WebSocket-Protocol", "a", "b,,c"), "b"))
                    .isEqualTo("b");
        }

        @Test
        void choosesNoneIfNoneMatches() {
            assertThat(chosen(headers("Sec-WebSocket-Protocol", "a"), "b")).isEqualTo("null");
            assertThat(chosen(headers("Sec-WebSocket-Protocol", "a"), "A")).isEqualTo("null");
            assertThat(chosen(headers("Sec-WebSocket-Protocol", "a"))).isEqualTo("null");
            assertThat(chosen(headers(""), "a")).isEqualTo("null");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "a, b, a | came twice",
                    "a b | Expected tokens",
                    "a, \"b\" | Expected tokens",
                    "a; q=1 | Expected tokens",
                    "é | Expected tokens",
                    "',' | it was empty",
                    "'' | it was empty",
                })
        void refusesOffersAgainstTheGrammarWith400(String offer, String sentence) {
            refused(accept(headers("Sec-WebSocket-Protocol", offer), "a"), 400, sentence);
        }

        @Test
        void refusesADuplicateInAnotherFieldWith400() {
            refused(accept(headers("Sec-WebSocket-Protocol", "a", "a"), "a"), 400, "came twice");
        }

        @Test
        @Timeout(10)
        void readsLongHeadersInLinearTime() {
            StringBuilder offer = new StringBuilder("p");
            for (int i = 0; i < 300_000; i++) {
                offer.append(",p").append(i);
            }
            assertThat(chosen(headers("Sec-WebSocket-Protocol", offer.toString()), "p299999"))
                    .isEqualTo("p299999");
            accepted(accept(headers("Connection", ",".repeat(3_000_000) + " ".repeat(3_000_000) + "upgrade")));
        }
    }

    @Test
    void recognisesAnUpgradeThatIsOtherwiseWrong() {
        assertThat(OpeningHandshake.isUpgrade(request("GET", headers("")))).isTrue();
        assertThat(OpeningHandshake.isUpgrade(request("POST", Headers.of("Upgrade", "foo, WebSocket"))))
                .isTrue();
        assertThat(OpeningHandshake.isUpgrade(request("GET", headers("Upgrade", "h2c"))))
                .isFalse();
        assertThat(OpeningHandshake.isUpgrade(request("GET", Headers.EMPTY))).isFalse();
    }
}
